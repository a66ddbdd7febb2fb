package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads claim runs that do not both fit, then ones that do: no page has two owners. */
@JCStressTest
@Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "One of the long runs, both short.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A page with two owners, or one that nobody got.")
@State
public class TwoClaims extends PageRunsState {
  private int longOfOne;
  private int longOfOther;
  private int shortOfOne;
  private int shortOfOther;

  @Actor
  public void one() {
    longOfOne = claim(20);
    shortOfOne = claim(6);
  }

  @Actor
  public void other() {
    longOfOther = claim(20);
    shortOfOther = claim(6);
  }

  @Arbiter
  public void end(III_Result r) {
    r.r1 = (longOfOne != NOTHING ? 1 : 0) + (longOfOther != NOTHING ? 1 : 0);
    r.r2 = (shortOfOne != NOTHING ? 1 : 0) + (shortOfOther != NOTHING ? 1 : 0);
    int all = 0;
    for (int run : new int[] {longOfOne, longOfOther, shortOfOne, shortOfOther}) {
      r.r3 |= all & bits(run);
      all |= bits(run);
    }
    r.r3 |= all ^ claimed();
  }
}
