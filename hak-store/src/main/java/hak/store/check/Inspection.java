package hak.store.check;

import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.file.Complemented;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.life.Tables;
import hak.store.process.Identity;
import hak.store.process.ProcessTable;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Looks at every slot and at the data of every sealed object, writes nothing and takes no lock.
 * What it reads may change meanwhile, so a slot is judged only when its state is the same after the
 * look as before.
 */
public final class Inspection {
  private static final int ATTEMPTS = 200;

  private final Tables tables;
  private final Region region;
  private final Slots slots;
  private final ProcessTable processes;
  private final boolean lockIsOurs;
  private final StoreVerifier.Progress progress;
  private final List<String> findings = new ArrayList<>();
  private final List<String> unfinished = new ArrayList<>();
  private Witnesses witnesses;
  private Claims claims;
  private boolean repairable;
  private int objects;
  private long bytes;

  private Inspection(Tables tables, boolean lockIsOurs, StoreVerifier.Progress progress) {
    this.tables = tables;
    this.lockIsOurs = lockIsOurs;
    this.progress = progress;
    region = tables.region();
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
    boolean repeat = !lookAtBookkeeping();
    for (int attempt = 0; repeat && attempt < ATTEMPTS; attempt++) {
      Thread.onSpinWait();
      repeat = !lookAtBookkeeping();
    }
    if (repeat) {
      witnesses = Witnesses.of(tables, false);
    }
    claims = new Claims(tables, witnesses);
    judgeSlots();
    claims.settle();
    claims.special().forEach(this::report);
    lookAtCommitted();
    lookAtProcesses();
    return this;
  }

  private void judgeSlots() {
    SlotCheck check = new SlotCheck(tables, witnesses);
    long dataBytes = dataBytes();
    for (int slot = 0; slot < slots.count(); slot++) {
      Verdict verdict = check.judge(slot);
      if (verdict == null) {
        continue; // Somebody uses it, so it is sound.
      }
      if (StateWord.state(verdict.word()) == StateWord.SEALED) {
        objects++;
        bytes += lengthOf(slot);
      }
      claims.add(verdict);
      progress.advanced(Math.min(bytes, dataBytes), dataBytes);
    }
  }

  /** How much there is to read, as far as it can be believed. */
  private long dataBytes() {
    long sum = 0;
    for (int slot = 0; slot < slots.count(); slot++) {
      if (StateWord.state(slots.word(slot)) == StateWord.SEALED) {
        sum += lengthOf(slot);
      }
    }
    return sum;
  }

  private long lengthOf(int slot) {
    long length = slots.length(slot);
    return length < 0 || length > tables.header().capacityBytes() ? 0 : length;
  }

  private void report(Verdict verdict) {
    switch (verdict.fate()) {
      case LOST -> findings.add(describe(verdict.slot()) + ": " + verdict.why());
      case RESTORED ->
          repairable(
              describe(verdict.slot()) + ": damaged is " + verdict.why() + "; its checksum holds");
      case TIDIED, IN_USE -> repairable(describe(verdict.slot()) + ": " + verdict.why());
      default -> throw new IllegalStateException("nothing to say of " + verdict);
    }
  }

  /** What is to be done beside building the bookkeeping anew. */
  Collection<Verdict> special() {
    return claims.special();
  }

  /**
   * What the dead left to be finished, a line each. Damage can look like that: an object whose
   * state reads as that of a deletion under way.
   */
  List<String> unfinished() {
    return unfinished;
  }

  /** Bytes of the data space that are needed for what stays. */
  long neededBytes() {
    return claims.neededBytes();
  }

  public VerifyReport report() {
    VerifyReport.Outcome outcome =
        claims.special().stream().anyMatch(each -> each.fate() == Verdict.Fate.LOST)
            ? VerifyReport.Outcome.DATA_LOST
            : repairable ? VerifyReport.Outcome.REPAIRABLE : VerifyReport.Outcome.CLEAN;
    return new VerifyReport(outcome, objects, bytes, findings, List.of());
  }

  private void repairable(String finding) {
    repairable = true;
    findings.add(finding);
  }

  /** Which object it is, in one line: slot, ref and name, in which there may be anything. */
  String describe(int slot) {
    long generation = StateWord.generation(slots.word(slot));
    String name = Names.decode(slots.name(slot)).replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
    return "slot "
        + slot
        + (generation == 0 ? "" : ", " + SlotRef.of(slot, generation))
        + (name.isEmpty() ? "" : ", " + name);
  }

  /** What follows from the slots; false when a change was under way. */
  private boolean lookAtBookkeeping() {
    long changes = region.getLongVolatile(StoreHeader.CHANGES);
    long holder = lockIsOurs ? 0 : region.getLongVolatile(StoreHeader.LOCK);
    boolean damaged = !Complemented.isSound(changes);
    boolean torn = !damaged && (changes & 1) != 0;
    if (torn && holder != 0 && processes.isHolderAlive(holder)) {
      return false;
    }
    List<String> found = new ArrayList<>();
    if (torn) {
      found.add("a change was left unfinished; the next user of the store finishes it");
    } else if (holder != 0 && !processes.isHolderAlive(holder)) {
      found.add("the lock was left by process " + Identity.pid(holder) + ", which is dead");
    }
    if (damaged) {
      found.add("the count of changes is damaged");
    }
    if (!torn) {
      BookkeepingCheck.run(tables).ifPresent(found::add);
    }
    // In the midst of a change it says what is not yet or no more.
    witnesses = Witnesses.of(tables, !torn);
    if (region.getLongVolatile(StoreHeader.CHANGES) != changes) {
      return false;
    }
    found.forEach(this::repairable);
    return true;
  }

  private void lookAtCommitted() {
    long committed = region.getLong(StoreHeader.COMMITTED);
    if (committed < neededBytes()) {
      repairable(
          "the file says that it holds "
              + committed
              + " bytes of data, its objects reach to "
              + neededBytes());
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
      String left = whatWasLeft(slot, word, dead);
      if (left != null && slots.word(slot) == word && !claims.isSpecial(slot)) {
        String what = describe(slot) + ": " + left;
        repairable(what);
        unfinished.add(what);
      }
    }
  }

  /** What a dead process left to be finished in a slot, null for nothing. */
  private String whatWasLeft(int slot, long word, boolean[] dead) {
    int owner = StateWord.owner(word);
    boolean ownerIsGone = owner >= dead.length || dead[owner] || !processes.isTaken(owner);
    return switch (StateWord.state(word)) {
      case StateWord.ALLOCATED -> ownerIsGone ? "its producer died before sealing it" : null;
      case StateWord.DELETING ->
          ownerIsGone && processes.pins(slot) == 0
              ? "it was deleted, but its space was not returned"
              : null;
      case StateWord.KEPT -> ownerIsGone ? "its space was kept by a process that is gone" : null;
      case StateWord.MOVING -> ownerIsGone ? "it was being moved by a process that died" : null;
      case StateWord.SEALED ->
          slots.references(slot) == 0
              ? "its last reference was dropped, but it was not deleted"
              : null;
      default -> null;
    };
  }
}
