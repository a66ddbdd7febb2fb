package hak.bench.trace;

import hak.core.profile.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The traces that the project ships, recorded from real programs. */
public final class ShippedTraces {
  private static final String FOLDER = "/hak/bench/traces/";
  private static final List<String> NAMES =
      List.of("cc1plus", "lua", "python", "sqlite", "node", "jvm-javac");

  private ShippedTraces() {}

  /** Their names, in the order in which they are reported. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException naming the nearest, if no shipped trace has it
   */
  public static void requireKnown(String trace) {
    if (!NAMES.contains(trace)) {
      throw new IllegalArgumentException(
          "no trace '" + trace + "'" + NearestName.hint(trace, NAMES));
    }
  }

  /**
   * Reads a shipped trace as a program to replay.
   *
   * @throws IllegalArgumentException if there is no such trace
   */
  public static Program open(String trace) {
    ProgramBuilder program = TraceFile.newProgram();
    read(trace, program);
    return program.build();
  }

  /**
   * Reads a shipped trace as a program for its threads.
   *
   * @throws IllegalArgumentException if there is no such trace
   */
  public static ParallelProgram openThreads(String trace) {
    requireKnown(trace);
    return ThreadedTrace.program(trace, sink -> read(trace, sink));
  }

  /**
   * Reads a shipped trace.
   *
   * @param sink is told its events
   * @throws IllegalArgumentException if there is no such trace
   */
  public static void read(String trace, TraceEvents sink) {
    requireKnown(trace);
    String file = trace + ".hkt.gz";
    try (InputStream in = ShippedTraces.class.getResourceAsStream(FOLDER + file)) {
      TraceFile.read(in, file, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
