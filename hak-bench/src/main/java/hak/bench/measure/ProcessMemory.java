package hak.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is resident of this process, the Java heap and all, as {@code /proc/self/status} has it. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";

  private ProcessMemory() {}

  /**
   * What is resident now, in bytes.
   *
   * @throws IOException where the kernel does not tell
   */
  public static long residentBytes() throws IOException {
    return bytes("VmRSS:");
  }

  /**
   * The most that was resident since the process began, or since {@link #resetPeak}, in bytes.
   *
   * @throws IOException where the kernel does not tell
   */
  public static long peakBytes() throws IOException {
    return bytes("VmHWM:");
  }

  /**
   * Has the peak begin anew with what is resident now.
   *
   * @throws IOException where the kernel does not do that
   */
  public static void resetPeak() throws IOException {
    Files.writeString(CLEAR, RESET_PEAK);
  }

  private static long bytes(String key) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.substring(key.length()).replace("kB", "").strip()) << 10;
      }
    }
    throw new IOException(STATUS + " has no " + key);
  }
}
