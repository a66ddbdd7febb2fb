package hak.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The epochs of a soak, in a file of comma-separated values if one is named: each is appended when
 * it has ended, so a soak that was broken off goes on where it was.
 *
 * <pre>
 *   # hak soak: PROFILE, WORKLOAD
 *   process,seconds,calls,nanos,calls/s,stack bytes,process bytes,page faults,system calls
 *   1,1.01,...
 * </pre>
 */
public final class SoakLog {
  private static final String COLUMNS =
      "process,seconds,calls,nanos,calls/s,stack bytes,process bytes,page faults,system calls";
  private static final int FIELDS = 9;

  private final Path file;
  private final List<SoakEpoch> epochs = new ArrayList<>();

  private SoakLog(Path file) {
    this.file = file;
  }

  /** One without a file. */
  public static SoakLog inMemory() {
    return new SoakLog(null);
  }

  /**
   * Reads or begins the file of a soak.
   *
   * @param subject profile and workload, which must be those of the file
   * @throws IOException if it cannot be read or written
   * @throws IllegalArgumentException if it is another soak's, or none
   */
  public static SoakLog open(Path file, String subject) throws IOException {
    SoakLog log = new SoakLog(file);
    String head = "# hak soak: " + subject;
    if (Files.notExists(file) || Files.size(file) == 0) {
      Files.write(file, List.of(head, COLUMNS));
      return log;
    }
    List<String> lines = Files.readAllLines(file);
    if (!lines.getFirst().equals(head)) {
      throw new IllegalArgumentException(
          file
              + " is of another soak: it begins with '"
              + lines.getFirst()
              + "', not '"
              + head
              + "'");
    }
    for (int i = 2; i < lines.size(); i++) {
      log.epochs.add(parse(file, i + 1, lines.get(i)));
    }
    return log;
  }

  private static SoakEpoch parse(Path file, int number, String line) {
    String[] fields = line.split(",", -1);
    try {
      if (fields.length == FIELDS) {
        return new SoakEpoch(
            Integer.parseInt(fields[0]),
            Double.parseDouble(fields[1]),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[5]),
            Long.parseLong(fields[6]),
            Long.parseLong(fields[7]),
            Long.parseLong(fields[8]));
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IllegalArgumentException(file + ", line " + number + ": not an epoch: " + line);
  }

  /** Adds one. */
  void add(SoakEpoch epoch) throws IOException {
    if (file != null) {
      String line =
          String.format(
              Locale.ROOT,
              "%d,%.3f,%d,%d,%.0f,%d,%d,%d,%d",
              epoch.process(),
              epoch.seconds(),
              epoch.calls(),
              epoch.nanos(),
              epoch.callsPerSecond(),
              epoch.stackBytes(),
              epoch.processBytes(),
              epoch.pageFaults(),
              epoch.systemCalls());
      Files.write(file, List.of(line), StandardOpenOption.APPEND);
    }
    epochs.add(epoch);
  }

  /** Those so far. */
  List<SoakEpoch> epochs() {
    return Collections.unmodifiableList(epochs);
  }

  /** The number of the last process; 0 before the first. */
  int lastProcess() {
    return epochs.isEmpty() ? 0 : epochs.getLast().process();
  }

  /** How long all processes soaked. */
  double seconds() {
    double sum = 0;
    for (int i = 0; i < epochs.size(); i++) {
      boolean isLast =
          i + 1 == epochs.size() || epochs.get(i + 1).process() != epochs.get(i).process();
      sum += isLast ? epochs.get(i).seconds() : 0;
    }
    return sum;
  }
}
