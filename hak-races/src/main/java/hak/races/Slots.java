package hak.races;

import hak.core.inside.RawAccess;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.Reservation;
import hak.core.os.LinuxVirtualMemory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Off-heap memory for the states of race tests. A test has thousands of states at a time, so they
 * share one reservation and each takes a slot of it; slots are used in turn, many more than states
 * are alive.
 *
 * <pre>
 *   slot of 4 KiB   | superslab state 16 B | heap cells | descriptors 2 KiB | classes 32 B | blocks |
 * </pre>
 *
 * <p>The reservation holds one superslab, which every slot takes for its own: its state,
 * descriptors and classes are in the slot. Nobody touches its pages.
 */
final class Slots {
  /** Offsets in a slot, in bytes. */
  static final int SUPERSLAB_STATE = 0;

  static final int HEAP = 64;
  static final int DESCRIPTORS = 128;
  static final int CLASSES = DESCRIPTORS + PageRuns.PAGES * PageTable.DESCRIPTOR_BYTES;
  static final int BLOCKS = CLASSES + 64;

  private static final int SLOT_BYTES = 4096;
  private static final int SLOTS = 1 << 15;

  private static final Slots ALL = new Slots();

  private final Reservation reservation;
  private final Memory memory;
  private final int first;
  private final AtomicInteger next = new AtomicInteger();

  private Slots() {
    long slotBytes = (long) SLOTS * SLOT_BYTES;
    reservation =
        Reservation.tryReserve(new LinuxVirtualMemory(), slotBytes + 2L * PageRuns.SUPERSLAB_BYTES);
    Reservation.Part descriptors = reservation.part(1 << 20);
    Reservation.Part slots = reservation.part(slotBytes);
    if (!slots.ensure(slotBytes) || !descriptors.allowRead()) {
      throw new OutOfMemoryError("no memory for the states");
    }
    reservation.openData(descriptors);
    memory = reservation.memory();
    first = slots.ref();
    // Whoever claims first makes the one superslab visible to all.
    if (new Slot(memory, reservation, first).pageRuns().claim(1) == 0) {
      throw new OutOfMemoryError("no superslab");
    }
  }

  /** A slot that nobody has used for long, zeroed. */
  static Slot take() {
    int number = 1 + Integer.remainderUnsigned(ALL.next.getAndIncrement(), SLOTS - 1);
    Slot slot =
        new Slot(
            ALL.memory, ALL.reservation, ALL.first + number * (SLOT_BYTES / Memory.UNIT_BYTES));
    RawAccess.zero(ALL.memory.address(slot.ref()), SLOT_BYTES);
    return slot;
  }

  /** One slot. */
  record Slot(Memory memory, Reservation reservation, int ref) {
    /** The ref of something in the slot. */
    int at(int offset) {
      return ref + offset / Memory.UNIT_BYTES;
    }

    /** A page table whose descriptors of the superslab are those of the slot. */
    PageTable pages() {
      int firstPage = (int) (reservation.dataOffset() >> PageTable.PAGE_SHIFT);
      int descriptorUnits = PageTable.DESCRIPTOR_BYTES / Memory.UNIT_BYTES;
      return new PageTable(
          memory,
          at(DESCRIPTORS) - firstPage * descriptorUnits,
          at(CLASSES) - firstPage / Memory.UNIT_BYTES);
    }

    /** The number of the superslab. */
    int superslab() {
      return reservation.firstSuperslab();
    }

    /** The superslab, as this slot sees it: all pages free. */
    PageRuns pageRuns() {
      int before = PageRuns.stateOffset(superslab(), reservation.lengthBytes());
      return new PageRuns(
          memory, pages(), reservation, at(SUPERSLAB_STATE) - before / Memory.UNIT_BYTES);
    }

    /** The ref of page {@code index} of the superslab. */
    int page(int index) {
      int firstPage = Memory.refOfOffset(reservation.dataOffset());
      return firstPage + index * (PageTable.PAGE_BYTES / Memory.UNIT_BYTES);
    }

    /** The descriptor of page {@code index} of the superslab. */
    int descriptor(int index) {
      return at(DESCRIPTORS + index * PageTable.DESCRIPTOR_BYTES);
    }

    /** The ref of block {@code index}, of 16 bytes. */
    int block(int index) {
      return at(BLOCKS + 16 * index);
    }
  }
}
