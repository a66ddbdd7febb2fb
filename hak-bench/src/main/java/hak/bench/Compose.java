package hak.bench;

/**
 * Measures that composition costs nothing: do-nothing boxes in front, and several stacks in one
 * JVM.
 */
public final class Compose {
  private Compose() {}

  /**
   * Runs a request.
   *
   * @throws java.io.UncheckedIOException if a process cannot be started or ends early
   */
  public static ComposeReport run(ComposeRequest request) {
    throw new UnsupportedOperationException("sketch: " + request);
  }
}
