package hak.store.space;

import hak.store.StoreOptions;
import hak.store.file.ByteLocks;
import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.process.Identity;
import hak.store.process.ProcessTable;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import java.lang.foreign.Arena;
import org.openjdk.jcstress.annotations.State;

/** The tables of a store with one slot and one process, in memory of its own. */
@State
public class SlotState {
  static final int SLOT = 0;
  static final int SELF = 0;
  static final long GENERATION = 1;
  static final long SEALED = StateWord.of(StateWord.SEALED, 0, GENERATION);
  static final long DELETING = StateWord.of(StateWord.DELETING, SELF, GENERATION);
  static final long KEPT = StateWord.of(StateWord.KEPT, SELF, GENERATION);

  private static final StoreHeader HEADER =
      StoreHeader.of(
          StoreOptions.DEFAULT
              .withCapacityBytes(1 << 20)
              .withObjectLimit(1)
              .withProcessLimit(1)
              .withGrowthBytes(4096),
          1);

  final Slots slots;
  final ProcessTable processes;
  final KeptSpace kept;

  public SlotState() {
    Region region = Region.of(Arena.ofAuto().allocate(HEADER.dataOffset(), Long.BYTES));
    slots = new Slots(region, HEADER);
    processes =
        new ProcessTable(
            region, HEADER, Identity.ofThisProcess(), ByteLocks.none("there is no file"));
    processes.register();
    kept = new KeptSpace(slots, processes, HEADER, SELF, CrashPoint.NONE);
    slots.place(SLOT, 0, 1, 0);
    slots.word(SLOT, SEALED);
  }
}
