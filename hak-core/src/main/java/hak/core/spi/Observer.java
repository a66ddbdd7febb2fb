package hak.core.spi;

import java.util.List;

/**
 * Watches what every layer does. A stack without an observer has no code for it.
 *
 * <p>Called with {@code heap} held, on the hot path, for each box that is asked: {@code layer}
 * counts the caches from 0 in the profile's order, the size tiers after them.
 */
public non-sealed interface Observer extends Box {
  /** A box was asked for a block. */
  void popped(int heap, int layer, int sizeClass, boolean hit);

  /** A box was offered a block. */
  void pushed(int heap, int layer, int sizeClass, boolean accepted);

  /**
   * What was counted in {@code heap}, for each layer and class with any; by other threads
   * approximate.
   */
  List<Count> counts(int heap);

  /**
   * The last events of {@code heap} that it remembers, the oldest first; by other threads
   * approximate. By default none.
   */
  default List<Event> recent(int heap) {
    return List.of();
  }

  /**
   * What caches that are not there would have done with the calls of {@code heap} that it looked
   * at, one for each capacity, ascending, the same ones for every heap; by other threads
   * approximate. By default none.
   */
  default List<Shadow> shadows(int heap) {
    return List.of();
  }

  /**
   * Who is to be told every call of the stack's API, whatever its size; null, as by default, if
   * nobody is. Asked once, by the thread that opens the stack, when the rest of it is there; what
   * it throws fails the opening, and nothing stays mapped.
   */
  default CallLog callLog() {
    return null;
  }

  /**
   * One call of a box.
   *
   * @param number which event of its heap it was, counted from 0 and modulo 2^32
   * @param push whether it was offered a block; else it was asked for one
   * @param success whether it took the block, or had one
   */
  record Event(long number, int layer, int sizeClass, boolean push, boolean success) {}

  /**
   * What a thread cache of a capacity would have done with some calls.
   *
   * @param capacity most blocks of a size class that it would keep
   * @param allocations the calls that were looked at: allocations
   * @param frees and frees
   * @param hitsAtLeast allocations that it would certainly have served
   * @param hitsAtMost those that it may have served
   * @param takenAtLeast frees that it would certainly have taken in
   * @param takenAtMost those that it may have taken in
   */
  record Shadow(
      int capacity,
      long allocations,
      long frees,
      long hitsAtLeast,
      long hitsAtMost,
      long takenAtLeast,
      long takenAtMost) {}

  /**
   * What one layer did for one size class.
   *
   * @param pops how often it was asked for a block
   * @param hits how often it had one
   * @param pushes how often it was offered a block
   * @param accepted how often it took it
   */
  record Count(int layer, int sizeClass, long pops, long hits, long pushes, long accepted) {}
}
