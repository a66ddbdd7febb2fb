package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Threads free blocks of one slab, two at once and one alone, while the owner is away: whoever
 * loses links his blocks anew.
 */
@JCStressTest
@Outcome(id = "0, 3", expect = Expect.ACCEPTABLE, desc = "All blocks in place.")
@Outcome(
    expect = Expect.FORBIDDEN,
    desc = "A block is lost, in two places, or the stack is cyclic.")
@State
public class TwoFreersOfOneSlab extends RemoteFreesState {
  @Actor
  public void freeMany() {
    freeBoth(0);
  }

  @Actor
  public void freeOne() {
    remote.free(slot.descriptor(0), slot.block(2));
  }

  @Arbiter
  public void end(II_Result r) {
    r.r2 = blocksInPlace(3, 3);
  }
}
