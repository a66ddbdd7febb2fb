package hak.store.bench.speed;

import hak.bench.Ratio;
import hak.bench.Steps;
import hak.bench.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;

/** Two writers against one: processes, and threads of one process. */
final class WriterBench {
  private static final String ONE = "one process";
  private static final String PROCESSES = "two processes";
  private static final String THREADS = "two threads";
  private static final String MEMCPY = "memcpy, one process";
  private static final String MEMCPY_PROCESSES = "memcpy, two processes";

  /** From the order to the common start: 20 ms. */
  private static final long LEAD_NANOS = 20_000_000;

  private final ChildProcess first;
  private final ChildProcess second;
  private final int millis;

  private WriterBench(ChildProcess first, ChildProcess second, int millis) {
    this.first = first;
    this.second = second;
    this.millis = millis;
  }

  static List<StoreBenchReport.Writers> run(
      BenchedStore benched, StoreBenchRequest request, Steps steps) {
    List<StoreBenchReport.Writers> rows = new ArrayList<>();
    try (ChildProcess first = benched.worker("writer 1");
        ChildProcess second = benched.worker("writer 2")) {
      WriterBench bench = new WriterBench(first, second, request.scale().writerMillis());
      for (long sizeBytes : request.scale().sizesBytes()) {
        steps.begin("writers " + sizeBytes, "timed");
        rows.add(bench.measure(sizeBytes, request));
      }
    }
    return rows;
  }

  private StoreBenchReport.Writers measure(long sizeBytes, StoreBenchRequest request) {
    List<ChildProcess> one = List.of(first);
    List<ChildProcess> two = List.of(first, second);
    Turns turns = new Turns(request.rounds());
    turns.add(ONE, () -> rate(one, WriteOrder.Target.STORE, sizeBytes, 1));
    turns.add(PROCESSES, () -> rate(two, WriteOrder.Target.STORE, sizeBytes, 1));
    turns.add(THREADS, () -> rate(one, WriteOrder.Target.STORE, sizeBytes, 2));
    turns.add(MEMCPY, () -> rate(one, WriteOrder.Target.MEMCPY, sizeBytes, 1));
    turns.add(MEMCPY_PROCESSES, () -> rate(two, WriteOrder.Target.MEMCPY, sizeBytes, 1));
    turns.warmUp(request.scale().warmUpMillis());
    turns.play();
    return new StoreBenchReport.Writers(
        sizeBytes,
        turns.median(ONE),
        scaling(turns, PROCESSES, ONE),
        scaling(turns, THREADS, ONE),
        turns.median(MEMCPY),
        scaling(turns, MEMCPY_PROCESSES, MEMCPY));
  }

  private static StoreBenchReport.Scaling scaling(Turns turns, String two, String one) {
    return new StoreBenchReport.Scaling(
        turns.median(two), Ratio.ofMedians(turns.samples(two), turns.samples(one)));
  }

  /** Operations in a second of all writers. */
  private double rate(
      List<ChildProcess> writers, WriteOrder.Target target, long sizeBytes, int threads) {
    long start = System.nanoTime() + LEAD_NANOS;
    String order = Command.write(new WriteOrder(target, sizeBytes, threads, start, millis));
    writers.forEach(writer -> writer.send(order));
    return writers.stream().mapToDouble(writer -> Answer.parse(writer.receive()).rate()).sum();
  }
}
