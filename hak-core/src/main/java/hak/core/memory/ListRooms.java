package hak.core.memory;

import java.util.function.LongSupplier;

/**
 * How much room lists of free blocks carry for the thread cache that adopts them, by size class
 * (see {@link BlockList}): always the same, or in a stack in which a learner turns it as much of
 * the whole as it says now. Such a stack counts what is handed over, too.
 *
 * <pre>
 *   room = whole * percent / 100
 * </pre>
 *
 * <p><b>How another room comes into lists.</b> Every word in a list has the room of what lies below
 * it, so it cannot be set in one place. But a list has one owner, and comes by a slow path each
 * time that it changes hands: the tier asks for the room when it takes a slab's list, for what the
 * slab holds next, and the cache when it adopts one. A list of before is walked once ({@link
 * BlockList#withRoom}), no hit asks anything, and a stack in which nobody turns it asks as little.
 *
 * <p>Any thread.
 *
 * @param whole by class; beyond it 0
 * @param percent how much of that holds, asked each time; null where nobody turns it
 * @param handed counts where somebody does, or a learner wants to know; else null
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record ListRooms(int[] whole, LongSupplier percent, HandedLists handed) {
  private static final int WHOLE = 100;

  /** No cache adopts anything. */
  public static final ListRooms NONE = fixed();

  /** Nobody turns it. */
  public static ListRooms fixed(int... rooms) {
    return new ListRooms(rooms, null, null);
  }

  /**
   * As much holds as is said at any time.
   *
   * @param percent from 0 to 100
   */
  public static ListRooms turned(LongSupplier percent, int... whole) {
    return new ListRooms(whole, percent, new HandedLists(whole.length - 1));
  }

  /** The same, and counted, unless it is already. */
  public ListRooms counted(HandedLists counts) {
    return handed == null ? new ListRooms(whole, percent, counts) : this;
  }

  /** Whether it may be another one later. */
  public boolean isTurned() {
    return percent != null;
  }

  /** The room of a class now. */
  public int of(int sizeClass) {
    int room = sizeClass < whole.length ? whole[sizeClass] : 0;
    return percent == null ? room : (int) (room * percent.getAsLong() / WHOLE);
  }

  /** The empty list of a class, with the room it has now. */
  public long emptyList(int sizeClass) {
    return BlockList.empty(of(sizeClass));
  }

  /** A tier has taken a list for a heap: counted where somebody wants to know. */
  public void taken(int heap, int sizeClass, int blocks, boolean usedBefore) {
    if (handed != null) {
      handed.take(heap, sizeClass, blocks, usedBefore);
    }
  }

  /** A tier gives a slab of a heap back, of which so many blocks had been taken. */
  public void released(int heap, int sizeClass, int blocks) {
    if (handed != null) {
      handed.release(heap, sizeClass, blocks);
    }
  }
}
