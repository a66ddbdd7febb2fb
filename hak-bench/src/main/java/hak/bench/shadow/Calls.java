package hak.bench.shadow;

/** Is told the calls of a program as a thread cache sees them: by size class. */
interface Calls {
  /**
   * A block was asked for.
   *
   * @param sizeClass 0 = above all classes
   */
  void allocate(int thread, int sizeClass);

  /** A block was given back, by this thread. */
  void free(int thread, int sizeClass);
}
