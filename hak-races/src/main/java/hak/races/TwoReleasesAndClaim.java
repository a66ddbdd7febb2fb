package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads release while a third claims what only becomes free by both. */
@JCStressTest
@Outcome(id = "[01], 0", expect = Expect.ACCEPTABLE, desc = "Claimed bits are what is owned.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Claimed bits and owners disagree.")
@State
public class TwoReleasesAndClaim extends PageRunsState {
  private final int one = claim(10);
  private final int other = claim(10);
  private int claimed;

  public TwoReleasesAndClaim() {
    claim(4); // stays
  }

  @Actor
  public void releaseOne() {
    pageRuns.release(one);
  }

  @Actor
  public void releaseOther() {
    pageRuns.release(other);
  }

  @Actor
  public void claimer() {
    claimed = claim(20);
  }

  @Arbiter
  public void end(II_Result r) {
    r.r1 = claimed != NOTHING ? 1 : 0;
    int stays = ((1 << 4) - 1) << 20;
    r.r2 = (bits(claimed) | stays) ^ claimed() | retired.get();
  }
}
