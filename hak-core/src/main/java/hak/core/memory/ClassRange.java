package hak.core.memory;

/**
 * The size classes that a box serves when it does not serve all: one compare on the hot path.
 *
 * @param first number of the first class
 * @param last number of the last class, not below {@code first}
 */
public record ClassRange(int first, int last) {
  /** Has no class. */
  private static final ClassRange NONE = new ClassRange(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** The classes that serve requests of {@code smallest} to {@code largest} bytes. */
  public static ClassRange of(SizeClasses classes, long smallest, long largest) {
    if (smallest > Math.min(largest, classes.largestBytes())) {
      return NONE;
    }
    return new ClassRange(
        classes.of(smallest), classes.of(Math.min(largest, classes.largestBytes())));
  }

  /** Whether the class is one of them. */
  public boolean has(int sizeClass) {
    return Long.compareUnsigned(sizeClass - first, last - first) <= 0;
  }
}
