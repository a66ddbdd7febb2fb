package hak.bench.arena;

import hak.bench.Jvm;
import hak.bench.Progress;
import hak.bench.Steps;
import hak.bench.process.ChildProcess;
import hak.bench.process.JavaCommand;
import hak.bench.stats.Samples;
import hak.bench.stats.TurnOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what a scope of an arena takes: HAK's and the JDK's. Every figure is of JVMs of its own,
 * which take turns: see {@link TurnOrder}.
 */
public final class Arenas {
  /** The most segments in a scope. */
  public static final int MOST_SEGMENTS = 10_000;

  private static final int HEAP_MEBIBYTES = 256;

  private Arenas() {}

  /** What one JVM measures. */
  private record Turn(ArenaKind kind, int count, boolean escapes) {
    double nanos(int rounds) {
      List<String> arguments =
          List.of(
              kind.name(),
              Integer.toString(count),
              Boolean.toString(escapes),
              Integer.toString(rounds));
      List<String> command =
          JavaCommand.of(ArenaScopes.class, HEAP_MEBIBYTES, List.of(), "hak.core", arguments);
      try (ChildProcess jvm = ChildProcess.start(toString(), command, Map.of())) {
        return Double.parseDouble(jvm.receive());
      }
    }
  }

  /**
   * Measures.
   *
   * @param counts segments in a scope, 1 to {@link #MOST_SEGMENTS}
   * @param forks how many JVMs for each figure
   * @param rounds of 2 ms, of which the fastest counts
   * @throws java.io.UncheckedIOException if a process cannot be started or ends early
   */
  public static ArenaReport run(List<Integer> counts, int forks, int rounds, Progress progress) {
    Map<Turn, double[]> figures = new LinkedHashMap<>();
    for (boolean escapes : new boolean[] {false, true}) {
      for (ArenaKind kind : ArenaKind.values()) {
        counts.forEach(count -> figures.put(new Turn(kind, count, escapes), new double[forks]));
      }
    }
    List<Turn> turns = new ArrayList<>(figures.keySet());
    Steps steps = new Steps(progress, (long) forks * turns.size());
    for (int fork = 0; fork < forks; fork++) {
      for (Turn turn : TurnOrder.of(turns, fork)) {
        steps.begin("arenas", turn.kind().text());
        figures.get(turn)[fork] = turn.nanos(rounds);
      }
    }
    steps.end("arenas");
    return new ArenaReport(Jvm.name(), forks, counts, rows(figures));
  }

  private static List<ArenaReport.Row> rows(Map<Turn, double[]> figures) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    figures.forEach((turn, nanos) ->
        rows.computeIfAbsent(
                turn.kind().text() + (turn.escapes() ? ", escaping" : ""),
                name -> new ArrayList<>())
            .add(Samples.median(nanos)));
    return rows.entrySet().stream()
        .map(row -> new ArenaReport.Row(row.getKey(), row.getValue()))
        .toList();
  }
}
