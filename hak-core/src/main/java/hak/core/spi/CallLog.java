package hak.core.spi;

/**
 * Is told every call of a stack's API that begins or ends a block: what an {@link Observer} cannot
 * see, which knows neither addresses nor blocks without a size class. Arenas are seen as the stack
 * sees them: by their chunks.
 *
 * <p><b>Order.</b> A call takes a place in one order of all calls of all threads, and tells later
 * what it was. A block's place is taken after the stack gave it out, and before the stack gets it
 * back: so of two blocks at one address the first one's end is before the second one's beginning.
 *
 * <pre>
 *   malloc, calloc, aligned   the block is there; a place; told
 *   free                      a place; the block is given back; told
 *   realloc                   a place, told as REALLOC_BEGIN; done; a place, told as REALLOC_END
 * </pre>
 *
 * <p>A place of which nothing is told is of a call that failed. Any thread may call, several at
 * once, none while it is inside of the stack; so a log may take locks and use the Java heap. What
 * it throws is dropped: a block goes to its user whatever a log does.
 */
public interface CallLog {
  /** In place of a place: nothing more is to be told. */
  long NONE = -1;

  /** What was called. */
  enum Call {
    /** A block was allocated. */
    MALLOC,
    /** A block of zeros was allocated. */
    CALLOC,
    /** A block was allocated with an alignment of more than 16. */
    ALIGNED,
    /** A block was freed. */
    FREE,
    /** A block is about to get another size, and perhaps another address. */
    REALLOC_BEGIN,
    /**
     * What the thread began is over. The address is that of the block now, or 0 if it stays as it
     * was.
     */
    REALLOC_END
  }

  /** Takes the next place of all; {@link #NONE} if the calling thread need tell nothing. */
  long next();

  /**
   * Tells what the call of a place was, by the thread that took it.
   *
   * @param address of the block
   * @param size what was asked for, in bytes; 0 for FREE and REALLOC_BEGIN
   * @param alignment a power of two; 1 but for ALIGNED
   */
  void tell(long place, Call call, long address, long size, long alignment);
}
