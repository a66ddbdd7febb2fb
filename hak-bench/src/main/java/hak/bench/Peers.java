package hak.bench;

/**
 * Compares HAK with other allocators: the same program, in processes of their own, rounds in turn.
 */
public final class Peers {
  private Peers() {}

  /**
   * Runs a request.
   *
   * @throws hak.bench.trace.TraceException if a trace cannot be read
   * @throws java.io.UncheckedIOException if a process cannot be started or ends early; the message
   *     has what it said
   */
  public static PeerReport run(PeerRequest request) {
    throw new UnsupportedOperationException("sketch: " + request);
  }
}
