package hak.core.policy;

import hak.core.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/**
 * Two learners decide, and each asks then what holds: its own decision, and that of the other one
 * if the generation says so. None is lost.
 */
@JCStressTest
@Outcome(id = "1, 50, 2, 2", expect = Expect.ACCEPTABLE, desc = "The delay first.")
@Outcome(id = "2, 60, 1, 2", expect = Expect.ACCEPTABLE, desc = "The part first.")
@Outcome(id = "2, 60, 2, 2", expect = Expect.ACCEPTABLE, desc = "Both before either asked.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half of a decision, or one that is lost.")
public class TwoLearners {
  @Actor
  public void delayLearner(BoardState state, JJJJ_Result r) {
    state.decide(BoardState.DELAY, 2_000);
    Policy policy = state.policies.view();
    r.r1 = policy.generation();
    r.r2 = BoardState.valueOf(policy, BoardState.PART);
  }

  @Actor
  public void partLearner(BoardState state, JJJJ_Result r) {
    state.decide(BoardState.PART, 60);
    r.r3 = state.policies.view().generation();
  }

  @Arbiter
  public void end(BoardState state, JJJJ_Result r) {
    r.r4 = state.policies.view().generation();
  }
}
