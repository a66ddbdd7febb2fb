package hak.bench.record;

import hak.bench.trace.TraceCount;
import hak.bench.trace.TraceWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** Makes a trace of what a process recorded of itself. */
public final class RawTrace {
  private static final int TOO_MANY = 27;
  private static final int NO_SPACE = 28;

  private RawTrace() {}

  /**
   * Makes a trace of what the box {@code recorder} wrote, of a process that has ended or no longer
   * uses the stack.
   *
   * @param out where to; not closed
   * @return what is in the trace; the exit code is 0
   * @throws IOException if the file cannot be read, or the trace not be written
   * @throws hak.bench.trace.TraceException if the file is no recording, or damaged
   * @throws IllegalStateException if nothing was recorded
   */
  public static Recording write(Path raw, WritableByteChannel out) throws IOException {
    return write(raw, out, 0, raw + " has no recording: no process wrote it");
  }

  /** As the other, of a process that ended so, or did not record; then why. */
  static Recording write(Path raw, WritableByteChannel out, int exitCode, String whyNothing)
      throws IOException {
    try (RawRecording recording = new RawRecording(raw)) {
      if (recording.process() == 0) {
        throw new IllegalStateException(whyNothing);
      }
      OutputStream stream = Channels.newOutputStream(out);
      LeftOut[] leftOut = new LeftOut[1];
      TraceCount count = TraceWriter.write(stream, sink -> leftOut[0] = recording.replay(sink));
      stream.flush();
      return new Recording(
          exitCode,
          count.events(),
          count.blocks(),
          count.threads(),
          leftOut[0],
          reason(recording.endedBy()));
    }
  }

  private static String reason(int endedBy) {
    return switch (endedBy) {
      case 0 -> "";
      case TOO_MANY -> "the limit of events was reached";
      case NO_SPACE -> "the disk is full";
      default -> "the system refused memory or a file (errno " + endedBy + ")";
    };
  }
}
