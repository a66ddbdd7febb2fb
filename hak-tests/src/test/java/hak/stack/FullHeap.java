package hak.stack;

import java.util.Arrays;
import java.util.List;

/**
 * The Java heap of a small JVM, filled to the end: first with arrays, then with objects of 16
 * bytes, some of which are dropped again. What is left is room for so many bytes in one piece, once
 * the collector has compacted. Needs {@link #JVM_OPTIONS}.
 */
final class FullHeap {
  /**
   * Serial compacts everything; without buffers of threads each allocation fails by itself. Where
   * survivors are kept the program cannot allocate: were there half a MiB for them, as by default,
   * all that {@link #drop} gives back could be there.
   */
  static final List<String> JVM_OPTIONS =
      List.of("-Xms16m", "-Xmx16m", "-XX:SurvivorRatio=64", "-XX:-UseTLAB", "-XX:+UseSerialGC");

  private static final int ARRAY_BYTES = 32 << 10;

  /** In the place of so many of the last arrays there are grains: half a MiB. */
  private static final int ARRAYS_OF_GRAINS = 16;

  /** More arrays than a heap of these options holds. */
  private final byte[][] arrays = new byte[1024][];

  private Grain grains;

  /** Goes through it once, with room: so that nothing is linked when there is none. */
  FullHeap() {
    fill();
    drop(1);
    empty();
  }

  /** 16 bytes: a header and one reference. */
  private static final class Grain {
    final Grain next;

    Grain(Grain next) {
      this.next = next;
    }
  }

  /** Leaves no room at all. */
  void fill() {
    int count = 0;
    try {
      while (true) {
        arrays[count] = new byte[ARRAY_BYTES];
        count++;
      }
    } catch (OutOfMemoryError e) {
      Arrays.fill(arrays, Math.max(0, count - ARRAYS_OF_GRAINS), count, null);
    }
    try {
      while (true) {
        grains = new Grain(grains);
      }
    } catch (OutOfMemoryError e) {
      // Now it is full.
    }
  }

  /**
   * Makes room for so many more objects of 16 bytes.
   *
   * @throws IllegalArgumentException if there was no room for so many before it was filled
   */
  void drop(int count) {
    for (int i = 0; i < count; i++) {
      if (grains == null) {
        empty();
        throw new IllegalArgumentException("no call should need so much: " + count);
      }
      grains = grains.next;
    }
  }

  /** Leaves all room there is. */
  void empty() {
    grains = null;
    Arrays.fill(arrays, null);
  }
}
