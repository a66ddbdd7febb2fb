package hak.store.life;

import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.process.ProcessTable;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.ExtentTable;
import hak.store.space.FreeSpace;
import java.lang.foreign.MemorySegment;

/**
 * Moves an object to the begin of the free space before it. Under the store's lock, in the midst of
 * a change.
 *
 * <h2>Concurrency: a move against get and delete</h2>
 *
 * The mover makes the slot MOVING first and looks at the pins second, as a deleter does: so of a
 * reader and a mover one sees the other. A reader that finds MOVING takes its pin back, waits for
 * the lock, which the mover has, and tries again; so does a deleter, and a search by name. Nobody
 * who has a view ever sees its object move.
 *
 * <h2>Crashes</h2>
 *
 * Old and new place may overlap, so the object is copied in pieces of at most the way that it goes,
 * and how far it has come is written down after each: the piece that is being copied lies whole at
 * the old place until it is. Who takes the lock after a death goes on from there, and makes the
 * slot SEALED again, with nothing lost.
 *
 * <pre>
 *   moveSlot    1 + slot, 0 = nothing is being moved         int
 *   moveFrom    old offset                                   long
 *   moveTo      new offset, less                             long
 *   moveDone    bytes that are at the new place              long
 * </pre>
 */
final class Mover {
  /** Copied between two notes: 1 MiB. */
  private static final long PIECE_BYTES = 1 << 20;

  private final StoreFile file;
  private final Slots slots;
  private final ProcessTable processes;
  private final FreeSpace space;
  private final Units units;
  private final CrashPoint crash;
  private final int self;
  private final Journal journal;

  Mover(StoreFile file, Tables tables, int self, CrashPoint crash) {
    this.file = file;
    this.self = self;
    this.crash = crash;
    slots = tables.slots();
    processes = tables.processes();
    space = tables.space();
    units = tables.header().units();
    journal = new Journal(tables, crash);
  }

  /** Whether an object may be moved as far as can be seen. */
  boolean isMovable(int slot) {
    return slots.has(slot)
        && StateWord.state(slots.word(slot)) == StateWord.SEALED
        && processes.pins(slot) == 0;
  }

  /**
   * Moves the object of an extent down; there is free space before it.
   *
   * @return the free extent that is behind it now, {@link FreeSpace#NONE} when somebody reads or
   *     has deleted it
   * @throws hak.store.StoreFullException when there is no memory for the new place; nothing moved
   */
  int slide(int extent) {
    ExtentTable table = space.table();
    int slot = table.slot(extent);
    long word = slots.word(slot);
    long moving = StateWord.of(StateWord.MOVING, self, StateWord.generation(word));
    int free = table.previous(extent);
    reserve(free, table.length(extent));
    if (!isMovable(slot) || !slots.casWord(slot, word, moving)) {
      return FreeSpace.NONE;
    }
    crash.reached();
    if (processes.pins(slot) > 0) {
      slots.casWord(slot, moving, word);
      return FreeSpace.NONE;
    }
    long to = units.bytes(table.start(free));
    journal.move(slot, to);
    int behind = space.swapDown(extent);
    crash.reached();
    slots.casWord(slot, moving, word);
    crash.reached();
    return behind;
  }

  /** Puts memory behind what the object will cover of free space that may have none. */
  private void reserve(int free, int length) {
    ExtentTable table = space.table();
    long backed = table.backed(free);
    long needed = Math.min(table.length(free), length);
    if (backed < needed) {
      long offset = units.bytes(table.start(free) + backed);
      long bytes = units.bytes(needed - backed);
      file.memory().reserveAgain(file.header().dataOffset() + offset, bytes);
      space.back(free, table.start(free), (int) (table.start(free) + needed));
    }
  }

  /** What is written down of a move, and how it is done, from its begin or from where it came. */
  static final class Journal {
    private final Region region;
    private final StoreHeader header;
    private final Slots slots;
    private final CrashPoint crash;

    Journal(Tables tables, CrashPoint crash) {
      this.crash = crash;
      region = tables.region();
      header = tables.header();
      slots = tables.slots();
    }

    void move(int slot, long to) {
      region.putLong(StoreHeader.MOVE_FROM, slots.offset(slot));
      region.putLong(StoreHeader.MOVE_TO, to);
      region.putLong(StoreHeader.MOVE_DONE, 0);
      region.putIntVolatile(StoreHeader.MOVE_SLOT, slot + 1);
      crash.reached();
      copy(slot);
    }

    private void copy(int slot) {
      long from = region.getLong(StoreHeader.MOVE_FROM);
      long to = region.getLong(StoreHeader.MOVE_TO);
      long length = slots.length(slot);
      long data = header.dataOffset();
      MemorySegment memory = region.memory();
      long step = Math.min(PIECE_BYTES, from - to);
      for (long done = region.getLong(StoreHeader.MOVE_DONE); done < length; ) {
        long piece = Math.min(step, length - done);
        MemorySegment.copy(memory, data + from + done, memory, data + to + done, piece);
        done += piece;
        region.putLongVolatile(StoreHeader.MOVE_DONE, done);
        crash.reached();
      }
      slots.offset(slot, to);
      crash.reached();
      region.putIntVolatile(StoreHeader.MOVE_SLOT, 0);
      crash.reached();
    }

    /** Ends the move that a dead process had begun, if it is one, and says that nothing moves. */
    void finish() {
      int slot = region.getIntVolatile(StoreHeader.MOVE_SLOT) - 1;
      if (slot >= 0 && slot < slots.count() && isSound(slot)) {
        copy(slot);
      }
      region.putIntVolatile(StoreHeader.MOVE_SLOT, 0);
      for (int each = 0; each < slots.count(); each++) {
        long word = slots.word(each);
        if (StateWord.is(StateWord.MOVING, word)) {
          long sealed = StateWord.of(StateWord.SEALED, 0, StateWord.generation(word));
          slots.casWord(each, word, sealed);
        }
      }
    }

    /** Numbers of the file are not believed: the way must be one that an object can have gone. */
    private boolean isSound(int slot) {
      long from = region.getLong(StoreHeader.MOVE_FROM);
      long to = region.getLong(StoreHeader.MOVE_TO);
      long done = region.getLong(StoreHeader.MOVE_DONE);
      long length = slots.length(slot);
      return StateWord.is(StateWord.MOVING, slots.word(slot))
          && slots.offset(slot) == from
          && to >= 0
          && to < from
          && header.units().isBegin(from | to)
          && slots.isLengthSound(slot)
          && from <= header.capacityBytes() - length
          && done >= 0
          && done <= length;
    }
  }
}
