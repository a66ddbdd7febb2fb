package hak.core.spi;

/** The last box: sees a free that no tier owns. Any thread may call. */
public non-sealed interface FreeGuard extends Box {
  /**
   * Deals with a free of {@code address}, which belongs to no tier of this stack. It never frees.
   *
   * @return true when the free is dealt with; false passes it on, in the end to an
   *     IllegalArgumentException
   */
  boolean foreignFree(long address);
}
