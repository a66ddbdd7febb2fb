package hak.bench.live;

import hak.core.Policy;
import java.util.List;

/** Is told what is seen of a stack while it runs, by the thread that asked for the run. */
@FunctionalInterface
public interface LiveWatcher {
  /** Tells nobody. */
  LiveWatcher NONE = (_, _, _) -> {};

  /**
   * It was looked at the stack.
   *
   * @param samples those so far, this look's is the last
   * @param policy what the stack is set to, and what its learners did
   * @param news what was decided since the look before
   */
  void looked(List<LiveSample> samples, Policy policy, List<LiveStep> news);
}
