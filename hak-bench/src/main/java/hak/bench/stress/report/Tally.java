package hak.bench.stress.report;

import hak.bench.stress.plan.Operation;
import hak.bench.stress.plan.RoundKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What was done so far in all rounds. Any thread may count. */
public final class Tally {
  public final LongAdder threads = new LongAdder();
  public final LongAdder virtualThreads = new LongAdder();
  public final LongAdder pinnedThreads = new LongAdder();
  public final LongAdder arenas = new LongAdder();
  public final LongAdder closesRaced = new LongAdder();
  public final LongAdder endedByClose = new LongAdder();
  public final LongAdder outOfMemory = new LongAdder();
  private final Map<RoundKind, LongAdder> rounds = new EnumMap<>(RoundKind.class);
  private final Map<Operation, LongAdder> operations = new EnumMap<>(Operation.class);

  public Tally() {
    for (RoundKind kind : RoundKind.values()) {
      rounds.put(kind, new LongAdder());
    }
    for (Operation operation : Operation.values()) {
      operations.put(operation, new LongAdder());
    }
  }

  public void count(RoundKind kind) {
    rounds.get(kind).increment();
  }

  public void count(Operation operation) {
    operations.get(operation).increment();
  }

  /** All counts so far. */
  public StressReport.Counts counts() {
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
