package hak.bench.buffer;

/**
 * An allocator of Java programs whose blocks are objects: buffers, segments. Implemented by
 * records, so that a loop holding one as a constant compiles to direct calls. All threads may call
 * at the same time.
 */
public interface Buffers {
  /**
   * Allocates.
   *
   * @param bytes 1 or more
   * @return the block, until it is freed
   */
  Object allocate(long bytes);

  /** Where a block begins. */
  long address(Object block);

  /**
   * Changes the size of a block, and keeps what is in it as far as both sizes go.
   *
   * @return the block that takes its place, which may be the same object; the other one is gone
   */
  Object resize(Object block, long bytes);

  /** Frees a block. */
  void free(Object block);

  /** Whether new blocks are zero; else they are zeroed where the program asks for it. */
  boolean zeroes();
}
