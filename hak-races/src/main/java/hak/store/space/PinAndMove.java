package hak.store.space;

import hak.store.slots.StateWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A reader pins an object while it is about to be moved: it reads, or it is moved, not both. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The reader was first.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The mover was first.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Each saw the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An object moves under a reader.")
@State
public class PinAndMove extends SlotState {
  private static final long MOVING = StateWord.of(StateWord.MOVING, SELF, GENERATION);

  @Actor
  public void reader(II_Result r) {
    processes.pin(SELF, SLOT, 1);
    r.r1 = slots.word(SLOT) == SEALED ? 1 : 0;
  }

  @Actor
  public void mover(II_Result r) {
    r.r2 = slots.casWord(SLOT, SEALED, MOVING) && processes.pins(SLOT) == 0 ? 1 : 0;
  }
}
