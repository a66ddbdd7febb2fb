package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A run is made longer, then shorter, while another thread claims the pages behind it. */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "The run got the pages.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "The claim got the pages.")
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "One after the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A page with two owners, or one that nobody got.")
@State
public class LengthenAndClaim extends PageRunsState {
  private final int run = claim(8);
  private boolean lengthened;
  private int claimed;

  @Actor
  public void lengthen() {
    lengthened = pageRuns.runLengths().set(run, 16);
    pageRuns.runLengths().set(run, 4);
  }

  @Actor
  public void claim() {
    claimed = claim(20);
  }

  @Arbiter
  public void end(III_Result r) {
    r.r1 = lengthened ? 1 : 0;
    r.r2 = claimed != NOTHING ? 1 : 0;
    int both = bits(run) & bits(claimed);
    int all = bits(run) | bits(claimed);
    r.r3 = both | (all ^ claimed());
  }
}
