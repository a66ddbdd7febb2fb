package hak.core.heaps;

import hak.core.inside.RawAccess;
import hak.core.memory.Memory;
import hak.core.os.LinuxVirtualMemory;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Close empties the slot of a thread that looks its heap up: it finds its heap, then none. */
@JCStressTest
@Outcome(id = "7, 7", expect = Expect.ACCEPTABLE, desc = "Before the close.")
@Outcome(id = "7, 0", expect = Expect.ACCEPTABLE, desc = "The close came between.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "After the close.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A heap that is not the thread's, or one back again.")
@State
public class OwnerSlotAtClose {
  private static final long BASE = new LinuxVirtualMemory().map(Memory.SPAN_BYTES);
  private static final OwnerTable TABLE =
      new OwnerTable(new Memory(BASE, RawAccess.everything().asSlice(BASE, Memory.SPAN_BYTES)), 8);

  /** States are alive together, so each has a thread id, and with it a slot, of its own. */
  private static final AtomicLong IDS = new AtomicLong();

  private final long thread = IDS.incrementAndGet();

  public OwnerSlotAtClose() {
    TABLE.enter(TABLE.slot(thread), thread, 7);
  }

  private int heap() {
    int slot = TABLE.slot(thread);
    return TABLE.isOwner(slot, thread) ? TABLE.heap(slot) : 0;
  }

  @Actor
  public void owner(II_Result r) {
    r.r1 = heap();
    r.r2 = heap();
  }

  @Actor
  public void closer() {
    TABLE.remove(thread);
  }
}
