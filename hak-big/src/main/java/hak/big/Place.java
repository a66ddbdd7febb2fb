package hak.big;

/** What is known of a block when its place is chosen. */
enum Place {
  /** Nothing: it goes where it fits best. */
  USUAL,
  /** It grows: it is to have room behind it. */
  TO_GROW,
  /** Little of it will be written, as of others of its length: it goes where pages are small. */
  THIN,
  /**
   * It is small and its alignment large: it goes where pages are small, for what lies between two
   * of them is hardly ever used. At a multiple of 64 KiB, so that the next one fits there too.
   */
  SPARSE
}
