package hak.store.bench.speed;

import hak.bench.stats.Samples;
import hak.bench.stats.TurnOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Measurements that take turns: see {@link TurnOrder}. */
final class Turns {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final int rounds;

  private record Entry(DoubleSupplier measurement, List<Double> samples) {}

  Turns(int rounds) {
    this.rounds = rounds;
  }

  /** Adds a measurement that returns a sample. */
  void add(String name, DoubleSupplier measurement) {
    entries.put(name, new Entry(measurement, new ArrayList<>()));
  }

  /** Takes all turns until each measurement had its time, and forgets the samples. */
  void warmUp(int millis) {
    long nanos = (long) millis * NANOS_PER_MILLI * entries.size();
    long begun = System.nanoTime();
    do {
      takeTurn(0);
    } while (System.nanoTime() - begun < nanos);
    entries.values().forEach(entry -> entry.samples().clear());
  }

  /** Takes the turns that count. */
  void play() {
    for (int round = 0; round < rounds; round++) {
      takeTurn(round);
    }
  }

  private void takeTurn(int round) {
    for (Entry entry : TurnOrder.of(List.copyOf(entries.values()), round)) {
      entry.samples().add(entry.measurement().getAsDouble());
    }
  }

  double[] samples(String name) {
    return entries.get(name).samples().stream().mapToDouble(Double::doubleValue).toArray();
  }

  double median(String name) {
    return Samples.median(samples(name));
  }
}
