package hak.store.check;

import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.copy.Checksum;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.life.Tables;
import hak.store.process.Identity;
import hak.store.process.ProcessTable;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Looks at every slot and at the data of every sealed object, writes nothing and takes no lock.
 * What it reads may change meanwhile, so a slot counts as damaged only when its state is the same
 * after the look as before.
 */
public final class Inspection {
  private static final int ATTEMPTS = 200;

  private final Tables tables;
  private final Region region;
  private final StoreHeader header;
  private final Slots slots;
  private final ProcessTable processes;
  private final boolean lockIsOurs;
  private final StoreVerifier.Progress progress;
  private final List<String> findings = new ArrayList<>();
  private final BitSet lost = new BitSet();
  private boolean repairable;
  private int objects;
  private long bytes;

  private Inspection(Tables tables, boolean lockIsOurs, StoreVerifier.Progress progress) {
    this.tables = tables;
    this.lockIsOurs = lockIsOurs;
    this.progress = progress;
    region = tables.region();
    header = tables.header();
    slots = tables.slots();
    processes = tables.processes();
  }

  /** Looks while others may change the store. */
  public static Inspection of(Tables tables) {
    return of(tables, (bytes, of) -> {});
  }

  /** As the other, and says how far it is. */
  static Inspection of(Tables tables, StoreVerifier.Progress progress) {
    return new Inspection(tables, false, progress).run();
  }

  /** Looks while the caller has the store's lock. */
  static Inspection underLock(Tables tables) {
    return new Inspection(tables, true, (bytes, of) -> {}).run();
  }

  private Inspection run() {
    boolean repeat = !lookAtSlots();
    for (int attempt = 0; repeat && attempt < ATTEMPTS; attempt++) {
      Thread.onSpinWait();
      repeat = !lookAtSlots();
    }
    long dataBytes = dataBytes();
    for (int slot = 0; slot < slots.count(); slot++) {
      lookAtData(slot);
      progress.advanced(Math.min(bytes, dataBytes), dataBytes);
    }
    lookAtProcesses();
    return this;
  }

  /** How much there is to read, as far as it can be believed. */
  private long dataBytes() {
    long sum = 0;
    for (int slot = 0; slot < slots.count(); slot++) {
      if (isToBeRead(slot, slots.word(slot))) {
        sum += slots.length(slot);
      }
    }
    return sum;
  }

  private boolean isToBeRead(int slot, long word) {
    return Slots.state(word) == Slots.SEALED && !lost.get(slot);
  }

  /** The slots whose objects are damaged. */
  BitSet lost() {
    return lost;
  }

  public VerifyReport report() {
    VerifyReport.Outcome outcome =
        !lost.isEmpty()
            ? VerifyReport.Outcome.DATA_LOST
            : repairable ? VerifyReport.Outcome.REPAIRABLE : VerifyReport.Outcome.CLEAN;
    return new VerifyReport(outcome, objects, bytes, findings, List.of());
  }

  private void repairable(String finding) {
    repairable = true;
    findings.add(finding);
  }

  private void lost(int slot, String finding) {
    if (!lost.get(slot)) {
      lost.set(slot);
      findings.add(describe(slot) + ": " + finding);
    }
  }

  /** Which object it is: slot, ref and name. */
  String describe(int slot) {
    long generation = Slots.generation(slots.word(slot));
    String name = Names.decode(slots.name(slot));
    return "slot "
        + slot
        + (generation == 0 ? "" : ", " + SlotRef.of(slot, generation))
        + (name.isEmpty() ? "" : ", " + name);
  }

  /** Bounds, overlaps and the bookkeeping; false when a change was under way. */
  private boolean lookAtSlots() {
    long changes = region.getLongVolatile(StoreHeader.CHANGES);
    long holder = lockIsOurs ? 0 : region.getLongVolatile(StoreHeader.LOCK);
    boolean torn = (changes & 1) != 0;
    if (torn && holder != 0 && processes.isHolderAlive(holder)) {
      return false;
    }
    BitSet lostBefore = (BitSet) lost.clone();
    int findingsBefore = findings.size();
    boolean repairableBefore = repairable;
    if (torn) {
      repairable("a change was left unfinished; the next user of the store finishes it");
    } else if (holder != 0 && !processes.isHolderAlive(holder)) {
      repairable("the lock was left by process " + Identity.pid(holder) + ", which is dead");
    }
    lookAtBounds();
    if (!torn) {
      BookkeepingCheck.run(tables).ifPresent(this::repairable);
    }
    if (region.getLongVolatile(StoreHeader.CHANGES) != changes) {
      lost.clear();
      lost.or(lostBefore);
      findings.subList(findingsBefore, findings.size()).clear();
      repairable = repairableBefore;
      return false;
    }
    return true;
  }

  private void lookAtBounds() {
    long committed = region.getLong(StoreHeader.COMMITTED);
    List<long[]> extents = new ArrayList<>();
    for (int slot = 0; slot < slots.count(); slot++) {
      long word = slots.word(slot);
      int state = Slots.state(word);
      if (state == Slots.FREE || state == Slots.KEPT) {
        continue;
      }
      long offset = slots.offset(slot);
      long length = slots.reserved(slot);
      if (state > Slots.KEPT) {
        lost(slot, "its state is " + state);
      } else if (offset < 0
          || length < 0
          || offset % StoreHeader.UNIT_BYTES != 0
          || length > committed
          || offset > committed - length
          || !slots.isLengthSound(slot)) {
        lost(
            slot,
            "its data is at "
                + offset
                + "+"
                + slots.length(slot)
                + ", its space has "
                + length
                + " of "
                + committed);
      } else if (!slots.isNameSound(slot)) {
        lost(slot, "its name is damaged");
      } else if (Slots.generation(word) == 0) {
        lost(slot, "it has generation 0");
      } else if (length > 0) {
        extents.add(new long[] {offset, length, slot});
      }
    }
    extents.sort((a, b) -> Long.compare(a[0], b[0]));
    for (int i = 1; i < extents.size(); i++) {
      long[] before = extents.get(i - 1);
      long[] after = extents.get(i);
      if (before[0] + before[1] > after[0]) {
        // Which of the two is right, the checksum tells; both may be wrong.
        repairableOverlap((int) before[2], (int) after[2]);
      }
    }
  }

  private void repairableOverlap(int slot, int other) {
    for (int each : new int[] {slot, other}) {
      if (Slots.state(slots.word(each)) != Slots.SEALED || !isIntact(each)) {
        lost(each, "it overlaps slot " + (each == slot ? other : slot));
      }
    }
    if (!lost.get(slot) && !lost.get(other)) {
      lost(other, "it overlaps slot " + slot);
    }
  }

  private boolean isIntact(int slot) {
    long offset = header.dataOffset() + slots.offset(slot);
    MemorySegment data = region.memory().asSlice(offset, slots.length(slot));
    long generation = Slots.generation(slots.word(slot));
    return slots.hasSum(slot, generation, Checksum.of(data));
  }

  private void lookAtData(int slot) {
    long word = slots.word(slot);
    if (!isToBeRead(slot, word)) {
      return;
    }
    boolean intact;
    try {
      intact = isIntact(slot);
    } catch (IndexOutOfBoundsException | InternalError e) {
      intact = false;
    }
    if (slots.word(slot) == word) {
      objects++;
      bytes += slots.length(slot);
      if (!intact) {
        lost(slot, "its checksum is wrong");
      }
      if (slots.references(slot) <= 0) {
        repairable(describe(slot) + ": its last reference was dropped, but it was not deleted");
      }
    }
  }

  private void lookAtProcesses() {
    boolean[] dead = new boolean[processes.count()];
    for (int process = 0; process < dead.length; process++) {
      dead[process] = processes.isDead(process);
      if (dead[process]) {
        repairable("process entry " + process + " belongs to a dead process");
      } else if (process >= processes.everTaken() && processes.isTaken(process)) {
        repairable("process entry " + process + " is taken, but not counted");
      }
    }
    for (int slot = 0; slot < slots.count(); slot++) {
      long word = slots.word(slot);
      int owner = Slots.owner(word);
      boolean ownerIsGone = owner >= dead.length || dead[owner] || !processes.isTaken(owner);
      if (Slots.state(word) == Slots.ALLOCATED && ownerIsGone && slots.word(slot) == word) {
        repairable(describe(slot) + ": its producer died before sealing it");
      }
      if (Slots.state(word) == Slots.DELETING
          && ownerIsGone
          && processes.pins(slot) == 0
          && slots.word(slot) == word) {
        repairable(describe(slot) + ": it was deleted, but its space was not returned");
      }
    }
  }
}
