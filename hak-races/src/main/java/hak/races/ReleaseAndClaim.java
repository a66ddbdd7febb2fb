package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * One thread releases the last run while another claims: either the claim keeps the superslab in
 * use, or it is retired first and comes back, or there was nothing to claim at that moment.
 */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Claimed before it was empty.")
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Retired, then claimed again.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "Retired; nothing left to claim.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Claimed bits and owners disagree.")
@State
public class ReleaseAndClaim extends PageRunsState {
  private final int held = claim(30);
  private int claimed;

  @Actor
  public void releaser() {
    pageRuns.release(held);
  }

  @Actor
  public void claimer() {
    claimed = claim(2);
  }

  @Arbiter
  public void end(III_Result r) {
    r.r1 = claimed != NOTHING ? 1 : 0;
    r.r2 = retired.get();
    r.r3 = bits(claimed) ^ claimed();
  }
}
