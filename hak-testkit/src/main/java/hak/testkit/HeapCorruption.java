package hak.testkit;

import java.io.Serial;

/**
 * A stack breaks one of its invariants. The message names the slab with its address and size class,
 * the list or box, and the block.
 */
public final class HeapCorruption extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of this module
  HeapCorruption(String message, Object... values) {
    super(String.format(message, values));
  }

  /** Throws unless the invariant holds; the values are put into words only then. */
  @SuppressWarnings("AnnotateFormatMethod")
  static void unless(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new HeapCorruption(message, values);
    }
  }
}
