package hak.store.bench.speed;

import hak.bench.Ratio;
import hak.bench.Steps;
import hak.bench.process.ChildProcess;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.WritableObject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Hands objects to a process that waits for them, and lines through a pipe to the same process. The
 * time is taken just before the seal, or before the line is sent, and travels with it.
 */
final class HandOverBench {
  private static final String STORE = "store";
  private static final String PIPE = "pipe";

  /** Long enough for the other process to be asleep. */
  private static final int SLEEP_MILLIS = 1;

  private final ObjectStore store;
  private final ChildProcess reader;
  private final int handOvers;
  private final String prefix;
  private final Histogram storeTimes = Latencies.histogram();
  private final Histogram pipeTimes = Latencies.histogram();
  private long count;

  private HandOverBench(BenchedStore benched, ChildProcess reader, int handOvers) {
    store = benched.store();
    prefix = benched.scratch().prefix();
    this.reader = reader;
    this.handOvers = handOvers;
  }

  static StoreBenchReport.HandOver run(
      BenchedStore benched, StoreBenchRequest request, Steps steps) {
    steps.begin("hand-over", "timed");
    int handOvers = request.scale().handOvers();
    try (ChildProcess reader = benched.worker("reader")) {
      HandOverBench bench = new HandOverBench(benched, reader, handOvers);
      Turns turns = new Turns(request.rounds());
      turns.add(STORE, () -> bench.mean(bench.storeTimes, bench::throughStore));
      turns.add(PIPE, () -> bench.mean(bench.pipeTimes, bench::throughPipe));
      turns.warmUp(request.scale().warmUpMillis());
      bench.storeTimes.reset();
      bench.pipeTimes.reset();
      turns.play();
      return new StoreBenchReport.HandOver(
          handOvers * request.rounds(),
          Latencies.of(turns.median(STORE), bench.storeTimes, 1),
          Latencies.of(turns.median(PIPE), bench.pipeTimes, 1),
          Ratio.ofMedians(turns.samples(STORE), turns.samples(PIPE)));
    }
  }

  private double mean(Histogram times, LongSupplier handOver) {
    long sum = 0;
    for (int i = 0; i < handOvers; i++) {
      long nanos = handOver.getAsLong();
      times.recordValue(nanos);
      sum += nanos;
    }
    return (double) sum / handOvers;
  }

  private long throughStore() {
    String name = prefix + count++;
    try (WritableObject object = store.create(name, Long.BYTES)) {
      MemorySegment time = object.segment();
      reader.ask(Command.awaitObject(name));
      letItSleep();
      time.set(ValueLayout.JAVA_LONG, 0, System.nanoTime());
      ObjectRef ref = object.seal();
      long nanos = Answer.parse(reader.receive()).nanos();
      store.delete(ref);
      return nanos;
    }
  }

  private long throughPipe() {
    reader.ask(Command.awaitLine());
    letItSleep();
    // The line is what is handed over: nothing but the time, as in the object.
    return Answer.parse(reader.ask(Long.toString(System.nanoTime()))).nanos();
  }

  private static void letItSleep() {
    try {
      Thread.sleep(SLEEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }
}
