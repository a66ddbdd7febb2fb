package hak.bench.latency;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the slowest of many calls. */
final class SlowestCalls {
  private static final Comparator<Call> BY_TIME =
      Comparator.comparingInt(Call::nanos)
          .thenComparing(Comparator.comparingInt(Call::thread).reversed())
          .thenComparing(Comparator.comparingInt(Call::event).reversed());

  private final int most;
  private final PriorityQueue<Call> calls = new PriorityQueue<>(BY_TIME);

  /**
   * A call.
   *
   * @param thread of the program
   * @param event of that thread
   * @param nanos its least time
   */
  record Call(int thread, int event, int nanos) {}

  /** Keeps so many, 1 or more. */
  SlowestCalls(int most) {
    this.most = most;
  }

  void offer(int thread, int event, int nanos) {
    if (calls.size() == most) {
      if (nanos <= calls.element().nanos()) {
        return;
      }
      calls.remove();
    }
    calls.add(new Call(thread, event, nanos));
  }

  /** The slowest first; of equals the one that was offered first. */
  List<Call> inOrder() {
    return calls.stream().sorted(BY_TIME.reversed()).toList();
  }
}
