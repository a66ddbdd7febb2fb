package hak.bench;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import hak.bench.workload.SyntheticWorkloads;
import hak.bench.workload.WorkloadType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every synthetic workload, so small that a test can replay it often. */
public final class SmallWorkloads {
  private static final Map<String, String> SMALL =
      Map.ofEntries(
          entry("steps", "8000"),
          entry("replacements", "3000"),
          entry("slots", "50"),
          entry("batch", "200"),
          entry("batches", "30"),
          entry("generations", "3"),
          entry("rounds", "4"),
          entry("blocks", "2000"),
          entry("repetitions", "3"),
          entry("groups", "200"),
          entry("loops", "30"),
          entry("writes", "20000"),
          entry("live", "256 KiB"),
          entry("tasks", "200"),
          entry("turns", "3"),
          entry("phases", "6"),
          entry("repeats", "2"));

  private SmallWorkloads() {}

  /** What to ask for: one of each row of the table, and two whose threads meet more often. */
  public static List<String> requests() {
    List<String> all = SyntheticWorkloads.all().stream().map(SmallWorkloads::small).toList();
    return Stream.concat(
            all.stream(), Stream.of("remote-90:steps=8000,threads=4", "remote-0:steps=8000"))
        .toList();
  }

  private static String small(WorkloadType type) {
    String settings =
        type.parameters().stream()
            .filter(parameter -> SMALL.containsKey(parameter.name()))
            .map(parameter -> parameter.name() + "=" + SMALL.get(parameter.name()))
            .collect(joining(","));
    return type.usualName() + ":" + settings;
  }
}
