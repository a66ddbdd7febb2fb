package hak.core.heaps;

import hak.core.memory.Memory;

/**
 * Which heap belongs to the running thread: a table indexed by thread id.
 *
 * <pre>
 *   slot of 16 bytes   | thread id : 64 | heap ref : 32 | 0 |
 * </pre>
 *
 * <p>Thread ids count up from 1 and are never used twice, so the low bits index well and an entry
 * of a dead thread can never match by mistake. A slot is written only when it is empty, when the
 * thread it names is dead, or at close; therefore the owner may read id and heap in two plain
 * loads. A virtual thread never owns a slot and simply misses, so the hot path needs no test for
 * it.
 *
 * <p>Two living threads whose ids are equal in the low bits share an index; the second one stays
 * without a slot and works on a shared heap. With {@link #SLOTS} slots that takes as many thread
 * starts between the two.
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

  private static final int HEAP = 8;

  /** The slot that a thread would use. */
  public int slot(long threadId) {
    return table + ((int) threadId & (SLOTS - 1)) * (SLOT_BYTES / Memory.UNIT_BYTES);
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
    int slot = slot(id);
    return isOwner(slot, id) ? heap(slot) : 0;
  }

  /** The id in the slot that a thread would use; 0 = free. */
  long occupant(long threadId) {
    return memory.getLong(slot(threadId), 0);
  }

  /** Gives the slot to a thread: the running one. */
  void enter(long threadId, int heap) {
    int slot = slot(threadId);
    memory.putInt(slot, HEAP, heap);
    memory.putLong(slot, 0, threadId);
  }

  /** Empties the slot of a thread, if it has it; later calls of that thread miss. */
  void remove(long threadId) {
    int slot = slot(threadId);
    if (memory.getLong(slot, 0) == threadId) {
      memory.putLong(slot, 0, 0);
    }
  }
}
