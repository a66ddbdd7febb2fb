package hak.bench.trace;

/**
 * Is told what a trace holds, call by call, in the order in which the calls were made. A block is
 * named by the number that was given for it when it was allocated.
 */
public interface TraceEvents {
  /**
   * The calls that follow are of another thread.
   *
   * @param number from 0; a trace begins with those of thread 0
   */
  void thread(int number);

  /** An allocation of so many bytes; gives the number of the block. */
  int malloc(long size);

  /** An allocation of zeroed memory; gives the number of the block. */
  int calloc(long size);

  /** An allocation at a multiple of {@code 1 << log2}; gives the number of the block. */
  int aligned(int log2, long size);

  /** The end of a block, whose number may be given to another one. */
  void free(int block);

  /** A change of size, which may move the block; gives the number it has from now on. */
  int realloc(int block, long size);
}
