package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two threads free two blocks each, of the same two slabs: the owner finds all of them. */
@JCStressTest
@Outcome(id = "4", expect = Expect.ACCEPTABLE, desc = "All blocks in place.")
@Outcome(
    expect = Expect.FORBIDDEN,
    desc = "A block is lost, in two places, or the stack is cyclic.")
@State
public class TwoFreers extends RemoteFreesState {
  @Actor
  public void freeOne() {
    free(0);
    free(2);
  }

  @Actor
  public void freeOther() {
    free(1);
    free(3);
  }

  @Arbiter
  public void end(I_Result r) {
    r.r1 = blocksInPlace();
  }
}
