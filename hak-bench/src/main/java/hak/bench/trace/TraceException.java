package hak.bench.trace;

/** A trace cannot be read. The message has the file, the byte offset and what is wrong there. */
public final class TraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * Of a file.
   *
   * @param offset of the byte; -1 if no byte could be read
   * @param problem what is wrong there
   */
  public TraceException(String file, long offset, String problem, Throwable cause) {
    super(file + ": " + (offset < 0 ? "" : "byte " + offset + ": ") + problem, cause);
    this.offset = offset;
  }

  /** The offset in the uncompressed stream; -1 if no byte of it could be read. */
  public long offset() {
    return offset;
  }
}
