package hak.core.heaps;

import hak.core.memory.Memory;

/**
 * Which heap belongs to the running thread: a table indexed by thread id.
 *
 * <pre>
 *   table              | first slots, by the low bits of the id | second slots, by a hash of it |
 *   slot of 16 bytes   | thread id : 64 | heap ref : 32 | 0 |
 * </pre>
 *
 * <p>Thread ids count up from 1 and are never used twice, so the low bits index well and an entry
 * of a dead thread can never match by mistake. A slot is written only when it is empty, when the
 * thread it names is dead, or at close; therefore the owner may read id and heap in two plain
 * loads. A virtual thread never owns a slot and simply misses, so the hot path needs no test for
 * it.
 *
 * <p>Two living threads whose ids are equal in the low bits share a first slot; with {@link #SLOTS}
 * slots that takes as many thread starts between the two. The later one has its second slot, where
 * it looks when it has missed. A thread whose slots are both taken works on a shared heap.
 *
 * @param memory the reservation
 * @param table ref of slot 0
 */
public record OwnerTable(Memory memory, int table) {
  /**
   * Slots of the table; a power of two. Only the 4 KiB pages that are used have memory behind them.
   */
  public static final int SLOTS = 1 << 16;

  /** Bytes of a slot. */
  public static final int SLOT_BYTES = 16;

  /** Bytes of the table: first and second slots. */
  public static final int TABLE_BYTES = 2 * SLOTS * SLOT_BYTES;

  private static final int HEAP = 8;
  private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

  /** The slot that a thread would use. */
  public int slot(long threadId) {
    return table + ((int) threadId & (SLOTS - 1)) * (SLOT_BYTES / Memory.UNIT_BYTES);
  }

  /** The slot that a thread uses when another has its first one. */
  public int secondSlot(long threadId) {
    int hash = (int) ((threadId * GOLDEN_RATIO) >>> 48) & (SLOTS - 1);
    return table + (SLOTS + hash) * (SLOT_BYTES / Memory.UNIT_BYTES);
  }

  /** Whether the slot belongs to the thread; then {@link #heap} is its heap. */
  public boolean isOwner(int slot, long threadId) {
    return memory.getLong(slot, 0) == threadId;
  }

  /** The heap in a slot that has an owner. */
  public int heap(int slot) {
    return memory.getInt(slot, HEAP);
  }

  /** The heap of the running thread, 0 when it has none here. */
  public int heapOfCurrentThread() {
    long id = Thread.currentThread().threadId();
    int slot = slotOf(id);
    return slot == 0 ? 0 : heap(slot);
  }

  /** The slot that belongs to a thread; 0 = none. */
  private int slotOf(long threadId) {
    int first = slot(threadId);
    if (isOwner(first, threadId)) {
      return first;
    }
    int second = secondSlot(threadId);
    return isOwner(second, threadId) ? second : 0;
  }

  /** The id in a slot; 0 = free. */
  long occupant(int slot) {
    return memory.getLong(slot, 0);
  }

  /** Whether a thread has no slot and both that it could have are others', alive or dead. */
  boolean isCrowded(long threadId) {
    return occupant(slot(threadId)) != 0 && occupant(secondSlot(threadId)) != 0;
  }

  /** Gives one of its slots to a thread: the running one. */
  void enter(int slot, long threadId, int heap) {
    memory.putInt(slot, HEAP, heap);
    memory.putLong(slot, 0, threadId);
  }

  /** Empties the slot of a thread, if it has one; later calls of that thread miss. */
  void remove(long threadId) {
    int slot = slotOf(threadId);
    if (slot != 0) {
      memory.putLong(slot, 0, 0);
    }
  }
}
