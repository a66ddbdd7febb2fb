package hak.store.space;

import hak.store.slots.StateWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An object is deleted while it is moved: a delete that worked is not undone by the mover. */
@JCStressTest
@Outcome(id = "1, 3", expect = Expect.ACCEPTABLE, desc = "Deleted, before the move or after it.")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "Met in the move; who deletes waits.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Deleted and there, or gone and not deleted.")
@State
public class MoveAndDelete extends SlotState {
  private static final long MOVING = StateWord.of(StateWord.MOVING, SELF, GENERATION);

  private boolean deleted;

  @Actor
  public void mover() {
    if (slots.casWord(SLOT, SEALED, MOVING)) {
      slots.casWord(SLOT, MOVING, SEALED);
    }
  }

  @Actor
  public void deleter() {
    deleted = slots.casWord(SLOT, SEALED, DELETING);
  }

  @Arbiter
  public void end(II_Result r) {
    r.r1 = deleted ? 1 : 0;
    r.r2 = StateWord.state(slots.word(SLOT));
  }
}
