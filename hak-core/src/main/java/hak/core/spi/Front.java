package hak.core.spi;

/**
 * The caches of a stack with the tiers behind them, for a box that moves blocks between the two.
 * Cold. The caller holds {@code heap}; observers are not told.
 */
public interface Front {
  /**
   * Takes blocks from the tier and offers them to the caches in order, until none has room or the
   * tier has no more.
   *
   * @param blocks how many at most
   * @return how many the caches took
   * @throws StackOverflowError if there is no {@link hak.core.memory.StackRoom}; nothing changed
   */
  int fill(int heap, int sizeClass, int blocks);

  /** How many blocks the caches hold. */
  int held(int heap, int sizeClass);

  /**
   * Gives blocks back from the caches to the tier, the first cache's first.
   *
   * @param blocks how many at most
   * @return how many there were
   * @throws StackOverflowError if there is no {@link hak.core.memory.StackRoom}; nothing changed
   */
  int drain(int heap, int sizeClass, int blocks);

  /**
   * Gives blocks back from one cache of the stack.
   *
   * @param blocks how many at most
   * @return how many there were
   * @throws StackOverflowError if there is no {@link hak.core.memory.StackRoom}; nothing changed
   */
  int drain(ThreadCache cache, int heap, int sizeClass, int blocks);
}
