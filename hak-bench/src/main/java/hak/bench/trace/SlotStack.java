package hak.bench.trace;

import java.util.Arrays;

/** Free slots; the one that became free last is used next. */
final class SlotStack {
  private int[] slots = new int[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  void push(int slot) {
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, 2 * size);
    }
    slots[size++] = slot;
  }

  int pop() {
    return slots[--size];
  }
}
