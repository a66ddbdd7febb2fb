package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread frees three blocks of two slabs while the owner collects twice: a slab goes onto the
 * stack again once it was drained, and is never there twice.
 */
@JCStressTest
@Outcome(id = "[0-3], 3", expect = Expect.ACCEPTABLE, desc = "All blocks in place.")
@Outcome(
    expect = Expect.FORBIDDEN,
    desc = "A block is lost, in two places, or the stack is cyclic.")
@State
public class FreerAndOwner extends RemoteFreesState {
  @Actor
  public void freer() {
    free(0);
    free(2);
    free(1);
  }

  @Actor
  public void owner(II_Result r) {
    int first = collect();
    int second = collect();
    r.r1 = first < 0 || second < 0 ? -1 : first + second;
  }

  @Arbiter
  public void end(II_Result r) {
    r.r2 = blocksInPlace();
  }
}
