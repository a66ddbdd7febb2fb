package hak.bench.shadow;

/** Is told the calls of a program as a thread cache sees them: by size class. */
interface Calls {
  /**
   * A block was asked for.
   *
   * @param sizeClass 0 = above all classes
   * @param size bytes that were asked for
   * @return what {@link #free} is to be given with the block
   */
  int allocate(int thread, int sizeClass, long size);

  /**
   * A block was given back, by this thread.
   *
   * @param block what {@link #allocate} returned for it
   */
  void free(int thread, int sizeClass, int block);
}
