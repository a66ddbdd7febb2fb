package hak.stack;

import hak.core.HakAllocator;
import hak.testkit.FailingVirtualMemory;
import java.util.List;
import java.util.Map;

/** Every call at every distance from the end of the Java heap. */
final class HeapEnd extends EndRun {
  private final FullHeap heap;

  private HeapEnd(EndScope scope, long seconds, long seed, FullHeap heap) {
    super(scope, seconds, seed, heap::empty);
    this.heap = heap;
  }

  /** Arguments: the scope, {@code calls} or {@code series}, seconds, seed. */
  public static void main(String[] arguments) throws InterruptedException {
    HeapEnd run =
        new HeapEnd(
            EndScope.valueOf(arguments[0]),
            Long.parseLong(arguments[2]),
            Long.parseLong(arguments[3]),
            new FullHeap());
    run.runAndExit(arguments[1].equals("series") ? run::runSeries : run::playRounds);
  }

  @Override
  void sweep(
      Subject subject, Operation operation, Condition condition, ThreadKind kind, boolean walks)
      throws Exception {
    warmUp(subject, operation);
    new HeapSweep(watchdog, subject, operation, kind, heap).untilDone(condition, walks);
  }

  /** With room: loads classes and links calls, for the Java heap of that is not ours to save. */
  private static void warmUp(Subject subject, Operation operation) throws Exception {
    for (int i = 0; i < 3; i++) {
      operation.prepare().run(subject);
      operation.call().run(subject);
      operation.done().run(subject);
    }
  }

  /** One kind of series. */
  private interface Series {
    void run(HeapSeries series) throws Exception;
  }

  /** Each kind of series on one of the stacks, and in the next round on another. */
  private void runSeries() {
    Map<String, Series> all =
        Map.of(
            "big blocks", HeapSeries::bigBlocks,
            "an arena", HeapSeries::arena,
            "threads", HeapSeries::threads,
            "counters", HeapSeries::contendedCounters);
    List<String> names = all.keySet().stream().sorted().toList();
    int round = random.nextInt(stacks.size());
    do {
      int number = 0;
      for (TestStack stack : TestStack.values()) {
        for (int index : inRound(round, number++, names.size())) {
          String name = names.get(index);
          sweepAlone(name + " on " + stack, () -> onStack(stack, all.get(name)));
        }
      }
      round++;
    } while (!isOver());
  }

  private void onStack(TestStack stack, Series series) throws Exception {
    FailingVirtualMemory system = new FailingVirtualMemory();
    play(stack, system, series); // in a method of its own, so that the stack can go
    system.awaitNothingMapped();
  }

  private void play(TestStack stack, FailingVirtualMemory system, Series series) throws Exception {
    HakAllocator allocator = stack.open(system);
    try {
      series.run(new HeapSeries(watchdog, heap, allocator));
    } finally {
      heap.empty();
    }
    allocator.close();
  }
}
