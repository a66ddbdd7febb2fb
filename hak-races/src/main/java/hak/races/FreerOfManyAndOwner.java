package hak.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread frees two slabs whole, two blocks at once, while the owner collects twice: all of a list
 * is in place or nothing.
 */
@JCStressTest
@Outcome(
    id = {"0, 4", "2, 4", "4, 4"},
    expect = Expect.ACCEPTABLE,
    desc = "All blocks in place, and came by twos.")
@Outcome(
    expect = Expect.FORBIDDEN,
    desc = "A block is lost, alone, in two places, or the stack is cyclic.")
@State
public class FreerOfManyAndOwner extends RemoteFreesState {
  @Actor
  public void freer() {
    freeBoth(0);
    freeBoth(1);
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
