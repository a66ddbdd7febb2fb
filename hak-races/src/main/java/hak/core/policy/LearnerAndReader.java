package hak.core.policy;

import hak.core.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/**
 * A learner decides about one option, then about another, while a second thread asks what holds: it
 * sees so many decisions as the generation says, the first before the second, each whole.
 */
@JCStressTest
@Outcome(id = "0, 1000, 50", expect = Expect.ACCEPTABLE, desc = "Before both.")
@Outcome(id = "1, 2000, 50", expect = Expect.ACCEPTABLE, desc = "Between.")
@Outcome(id = "2, 2000, 60", expect = Expect.ACCEPTABLE, desc = "After both.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half of a decision, or the second before the first.")
public class LearnerAndReader {
  @Actor
  public void learner(BoardState state) {
    state.decide(BoardState.DELAY, 2_000);
    state.decide(BoardState.PART, 60);
  }

  @Actor
  public void reader(BoardState state, JJJ_Result r) {
    Policy policy = state.policies.view();
    r.r1 = policy.generation();
    r.r2 = BoardState.valueOf(policy, BoardState.DELAY);
    r.r3 = BoardState.valueOf(policy, BoardState.PART);
  }
}
