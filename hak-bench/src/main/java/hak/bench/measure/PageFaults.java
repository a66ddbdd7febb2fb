package hak.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Page faults, minor and major, of the running thread. */
public final class PageFaults {
  private static final Path STAT = Path.of("/proc/thread-self/stat");

  // Fields as numbered in proc_pid_stat(5), less the two that end with the command's closing
  // parenthesis.
  private static final int MINOR = 10 - 3;
  private static final int MAJOR = 12 - 3;

  private PageFaults() {}

  /** How many the running thread has had so far; empty where the kernel does not tell. */
  public static OptionalLong ofCurrentThread() {
    try {
      return OptionalLong.of(in(Files.readString(STAT)));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The page faults that a text of {@code /proc/thread-self/stat} tells. */
  public static long in(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", MAJOR + 2);
    return Long.parseLong(fields[MINOR]) + Long.parseLong(fields[MAJOR]);
  }
}
