package hak.store.space;

import hak.store.slots.StateWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A process keeps and takes a slot while another, with the store's lock, may free it. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The keeper has it.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The other freed it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or nobody.")
@State
public class TakeAndRevoke extends SlotState {
  public TakeAndRevoke() {
    slots.word(SLOT, DELETING);
  }

  @Actor
  public void keeper(II_Result r) {
    boolean keeps = kept.keep(SLOT, DELETING);
    r.r1 = keeps && kept.take(1) == SLOT ? 1 : 0;
  }

  @Actor
  public void revoker(II_Result r) {
    r.r2 = slots.casWord(SLOT, KEPT, StateWord.of(StateWord.FREE, 0, GENERATION)) ? 1 : 0;
  }
}
