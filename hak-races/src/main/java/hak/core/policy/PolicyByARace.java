package hak.core.policy;

import hak.core.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A policy that a thread finds in a plain field, put there by another, is whole all the same. */
@JCStressTest
@Outcome(id = "-2, -2", expect = Expect.ACCEPTABLE, desc = "Not there yet.")
@Outcome(id = "1, 2000", expect = Expect.ACCEPTABLE, desc = "There, and whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "There, but fields of it are not.")
@State
public class PolicyByARace {
  private static final int NONE = -2;

  private final BoardState board = new BoardState();
  private Policy found;

  @Actor
  public void writer() {
    board.decide(BoardState.DELAY, 2_000);
    found = board.policies.view();
  }

  @Actor
  public void reader(JJ_Result r) {
    Policy policy = found;
    r.r1 = policy == null ? NONE : policy.generation();
    r.r2 = policy == null ? NONE : BoardState.valueOf(policy, BoardState.DELAY);
  }
}
