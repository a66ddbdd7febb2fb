package hak.cli.trace;

import hak.bench.trace.ShippedTraces;
import hak.bench.trace.TraceEvents;
import hak.bench.trace.TraceFile;
import hak.bench.trace.TraceStatistics;
import hak.bench.trace.TraceSummary;
import hak.cli.command.CommandFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;

/**
 * A trace as the command line names it: a shipped one, or that of a file. A name that the project
 * ships wins over a file of that name; {@code ./lua} is the file.
 */
public record TraceArgument(String name) {
  /** Whether it is a file, there or not, and not the name of a shipped one. */
  public boolean isFile() {
    return !ShippedTraces.names().contains(name)
        && (name.contains("/") || name.contains(".hkt") || Files.exists(Path.of(name)));
  }

  /** Makes one. */
  static final class Converter implements ITypeConverter<TraceArgument> {
    @Override
    public TraceArgument convert(String value) {
      return new TraceArgument(value);
    }
  }

  /** Names to complete. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ShippedTraces.names().iterator();
    }
  }

  /**
   * Tells its events.
   *
   * @throws hak.bench.trace.TraceException if it cannot be read or is not valid
   */
  void read(TraceEvents sink) {
    if (isFile()) {
      TraceFile.read(Path.of(name), sink);
    } else {
      try {
        ShippedTraces.read(name, sink);
      } catch (IllegalArgumentException e) {
        throw CommandFailedException.badInput(e.getMessage());
      }
    }
  }

  /** What it is like. */
  TraceSummary summary() {
    TraceStatistics statistics = new TraceStatistics();
    read(statistics);
    return statistics.summary();
  }

  @Override
  public String toString() {
    return name;
  }
}
