package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads release the last two runs: the superslab is retired once, and none can claim. */
@JCStressTest
@Outcome(id = "1, -1, 2", expect = Expect.ACCEPTABLE, desc = "Retired by one of them.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not retired, retired twice, or left open.")
@State
public class TwoReleases extends PageRunsState {
  private final int one = claim(16);
  private final int other = claim(16);

  @Actor
  public void releaseOne() {
    pageRuns.release(one);
  }

  @Actor
  public void releaseOther() {
    pageRuns.release(other);
  }

  @Arbiter
  public void end(III_Result r) {
    r.r1 = retired.get();
    r.r2 = pageRuns.claimed(slot.superslab());
    r.r3 = pageRuns.status(slot.superslab());
  }
}
