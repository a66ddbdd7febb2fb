package hak.races;

import hak.core.memory.BlockList;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The owner gives a slab back as soon as all its blocks are home, and somebody else uses the
 * descriptor: the thread that freed the last block must be done with it.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The owner came too early.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Given back and left alone.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Written to after it was given back.")
@State
public class FreeOfLastBlock extends RemoteFreesState {
  private static final int MARK = 0x5EED;

  public FreeOfLastBlock() {
    pages.carved(slot.descriptor(0), 1);
  }

  @Actor
  public void freer() {
    free(0);
  }

  @Actor
  public void owner(II_Result r) {
    int slab = slot.descriptor(0);
    collect();
    if (BlockList.count(pages.local(slab)) == pages.carved(slab)) {
      pages.pending(slab, MARK); // the next user's
      pages.local(slab, BlockList.EMPTY);
      r.r1 = 1;
    }
  }

  @Arbiter
  public void end(II_Result r) {
    int slab = slot.descriptor(0);
    boolean changed = pages.pending(slab) != MARK || !BlockList.isEmpty(pages.remote(slab));
    r.r2 = r.r1 == 1 && changed ? 1 : 0;
  }
}
