package hak.core.policy;

import hak.core.profile.StackOptions;
import java.util.function.LongSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/**
 * A learner decides twice while a slow path reads the value, asks for the generation, and reads
 * again: it never goes back, and is not behind a generation that was seen.
 */
@JCStressTest
@Outcome(
    id = {
      "1000, 0, 1000", "1000, 0, 2000", "1000, 0, 3000",
      "1000, 1, 2000", "1000, 1, 3000", "1000, 2, 3000",
      "2000, 1, 2000", "2000, 1, 3000", "2000, 2, 3000",
      "3000, 2, 3000"
    },
    expect = Expect.ACCEPTABLE,
    desc = "In order.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An older value after a newer one.")
@State
public class LearnerAndSlowPath {
  private final BoardState board = new BoardState();
  private final LongSupplier delay = board.policies.valueOf(StackOptions.PURGE_DELAY);

  @Actor
  public void learner() {
    board.decide(BoardState.DELAY, 2_000);
    board.decide(BoardState.DELAY, 3_000);
  }

  @Actor
  public void slowPath(JJJ_Result r) {
    r.r1 = delay.getAsLong();
    r.r2 = board.policies.view().generation();
    r.r3 = delay.getAsLong();
  }
}
