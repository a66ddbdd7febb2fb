package hak.store.space;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A reader pins an object while it is deleted: it reads, or the space is used again, not both. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The reader was first.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The deleter was first.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Each saw the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Space is used again under a reader.")
@State
public class PinAndDelete extends SlotState {
  @Actor
  public void reader(II_Result r) {
    processes.pin(SELF, SLOT, 1);
    r.r1 = slots.word(SLOT) == SEALED ? 1 : 0;
  }

  @Actor
  public void deleter(II_Result r) {
    boolean deleted = slots.casWord(SLOT, SEALED, DELETING);
    r.r2 = deleted && processes.pins(SLOT) == 0 && kept.keep(SLOT, DELETING) ? 1 : 0;
  }
}
