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
   * What one layer did for one size class.
   *
   * @param pops how often it was asked for a block
   * @param hits how often it had one
   * @param pushes how often it was offered a block
   * @param accepted how often it took it
   */
  record Count(int layer, int sizeClass, long pops, long hits, long pushes, long accepted) {}
}
