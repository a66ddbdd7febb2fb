package hak.bench.stress;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What was done so far in all rounds. Any thread may count. */
final class Tally {
  final LongAdder threads = new LongAdder();
  final LongAdder virtualThreads = new LongAdder();
  final LongAdder pinnedThreads = new LongAdder();
  final LongAdder arenas = new LongAdder();
  final LongAdder closesRaced = new LongAdder();
  final LongAdder endedByClose = new LongAdder();
  final LongAdder outOfMemory = new LongAdder();
  private final Map<RoundKind, LongAdder> rounds = new EnumMap<>(RoundKind.class);
  private final Map<Operation, LongAdder> operations = new EnumMap<>(Operation.class);

  Tally() {
    for (RoundKind kind : RoundKind.values()) {
      rounds.put(kind, new LongAdder());
    }
    for (Operation operation : Operation.values()) {
      operations.put(operation, new LongAdder());
    }
  }

  void count(RoundKind kind) {
    rounds.get(kind).increment();
  }

  void count(Operation operation) {
    operations.get(operation).increment();
  }

  /** All counts so far. */
  StressReport.Counts counts() {
    return new StressReport.Counts(
        sums(rounds),
        sums(operations),
        threads.sum(),
        virtualThreads.sum(),
        pinnedThreads.sum(),
        arenas.sum(),
        closesRaced.sum(),
        endedByClose.sum(),
        outOfMemory.sum());
  }

  private static Map<String, Long> sums(Map<? extends Enum<?>, LongAdder> counts) {
    Map<String, Long> sums = new LinkedHashMap<>();
    counts.forEach((key, count) -> sums.put(key.toString(), count.sum()));
    return sums;
  }
}
