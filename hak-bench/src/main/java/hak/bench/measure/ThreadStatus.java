package hak.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel tells of the thread that opened this. Reading it allocates nothing on the Java
 * heap, whose untouched pages would be page faults of the thread; so what is read is kept as it is
 * until {@link #counts}. Not for use by several threads.
 */
public final class ThreadStatus implements AutoCloseable {
  private static final Pattern WAITS = Pattern.compile("\nvoluntary_ctxt_switches:\\s*(\\d+)");
  private static final Pattern INTERRUPTIONS =
      Pattern.compile("\nnonvoluntary_ctxt_switches:\\s*(\\d+)");

  /** Null where the kernel does not tell. */
  private final ThreadFile stat;

  private final ThreadFile status;

  private ThreadStatus(ThreadFile stat, ThreadFile status) {
    this.stat = stat;
    this.status = status;
  }

  /**
   * Counts since the thread began; zeros where the kernel does not tell.
   *
   * @param pageFaults minor and major
   * @param waits how often it left its processor because it waited
   * @param interruptions how often the system took the processor from it
   */
  public record Counts(long pageFaults, long waits, long interruptions) {
    /** What was added since earlier ones. */
    public Counts since(Counts earlier) {
      return new Counts(
          pageFaults - earlier.pageFaults,
          waits - earlier.waits,
          interruptions - earlier.interruptions);
    }
  }

  /** Opens that of the running thread. */
  public static ThreadStatus ofCurrentThread() {
    try {
      return new ThreadStatus(new ThreadFile("stat"), new ThreadFile("status"));
    } catch (IOException e) {
      return new ThreadStatus(null, null);
    }
  }

  /** Reads it anew. */
  public void read() {
    if (stat != null) {
      status.read();
      stat.read();
    }
  }

  /** What was read last. */
  public Counts counts() {
    return stat == null
        ? new Counts(0, 0, 0)
        : new Counts(
            PageFaults.in(stat.text()),
            number(WAITS, status.text()),
            number(INTERRUPTIONS, status.text()));
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  @Override
  public void close() {
    try {
      if (stat != null) {
        stat.close();
        status.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
