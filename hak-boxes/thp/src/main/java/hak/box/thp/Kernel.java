package hak.box.thp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel says of this process and of huge pages, in files: no call of ours to it.
 *
 * @param root what is called {@code /}; another folder in tests
 */
record Kernel(Path root) {
  /** Ticks in which the kernel tells times of a process: 100 a second for every program. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long PAGE_BYTES = 4096;

  /** Behind the name of the program in {@code /proc/self/stat}, from 0; see proc_pid_stat(5). */
  private static final int MINOR_FAULTS = 7;

  private static final int KERNEL_TICKS = 12;
  private static final int RESIDENT_PAGES = 21;

  /**
   * What a process has and took, since it began.
   *
   * @param minorFaults pages and huge pages that were put behind addresses
   * @param seconds processor time of the kernel for it, of which faults and zeroing are a part
   * @param residentBytes memory that it has now
   */
  record Use(long minorFaults, double seconds, long residentBytes) {}

  /** Whether the system gives huge pages to who asks for them. */
  boolean givesHugePages() {
    return firstLine("sys/kernel/mm/transparent_hugepage/enabled")
        .filter(line -> line.contains("[madvise]") || line.contains("[always]"))
        .isPresent();
  }

  /** What this process has and took; empty where the system does not say. */
  Optional<Use> use() {
    return firstLine("proc/self/stat").flatMap(Kernel::use);
  }

  private static Optional<Use> use(String line) {
    // The name is in brackets and may have any character, brackets and blanks too.
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
    try {
      return fields.length <= RESIDENT_PAGES
          ? Optional.empty()
          : Optional.of(
              new Use(
                  Long.parseLong(fields[MINOR_FAULTS]),
                  Long.parseLong(fields[KERNEL_TICKS]) / TICKS_PER_SECOND,
                  Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_BYTES));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<String> firstLine(String file) {
    try (BufferedReader reader = Files.newBufferedReader(root.resolve(file))) {
      return Optional.ofNullable(reader.readLine());
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
