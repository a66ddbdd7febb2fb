package hak.bench.arena;

import java.util.List;

/**
 * What a scope of an arena takes.
 *
 * @param jdk version and name of the JVM
 * @param forks how many JVMs there were for each figure
 * @param segments how many there are in a scope
 * @param rows one for each kind of arena, as it stands and escaping
 */
public record ArenaReport(String jdk, int forks, List<Integer> segments, List<Row> rows) {
  /** Copies the lists. */
  public ArenaReport {
    segments = List.copyOf(segments);
    rows = List.copyOf(rows);
  }

  /**
   * One kind of arena.
   *
   * @param arena what it is called
   * @param nanosPerScope medians, one for each number of segments
   */
  public record Row(String arena, List<Double> nanosPerScope) {
    /** Copies the list. */
    public Row {
      nanosPerScope = List.copyOf(nanosPerScope);
    }
  }
}
