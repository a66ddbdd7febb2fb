package hak.core.slow;

/** What becomes of a block, by which its tier is chosen. */
enum BlockUse {
  /** Nothing is known. */
  ANY,
  /** It grows: it is to have room behind it. */
  TO_GROW,
  /**
   * A segment whose end stops all threads unless the block is in the reservation: that costs more
   * than memory that is left over there.
   */
  SEGMENT
}
