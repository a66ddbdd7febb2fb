package hak.store.check;

import hak.store.file.Units;

/**
 * What is true of a slot, and how its row must read.
 *
 * @param fate what becomes of it
 * @param slot the slot
 * @param word its state word when it was judged
 * @param offset where the data is, in bytes from the begin of the data space
 * @param units of the data space that it has
 * @param why what is wrong; empty when nothing is
 */
record Verdict(Fate fate, int slot, long word, long offset, int units, String why) {
  /** What becomes of a slot. */
  enum Fate {
    /** No object that stays: nothing to keep, nothing to report. */
    EMPTY,
    /** No object, but a row that does not say so properly. */
    TIDIED,
    /** A living process writes it, or reads it though it is deleted: it keeps its place. */
    IN_USE,
    /** A sealed object as it should be. */
    SOUND,
    /** A sealed object whose checksum holds; something beside is damaged and can be told. */
    RESTORED,
    /** There was an object, and it cannot be had any more. */
    LOST
  }

  static Verdict empty(int slot, long word) {
    return new Verdict(Fate.EMPTY, slot, word, 0, 0, "");
  }

  static Verdict tidied(int slot, long word, String why) {
    return new Verdict(Fate.TIDIED, slot, word, 0, 0, why);
  }

  static Verdict lost(int slot, long word, String why) {
    return new Verdict(Fate.LOST, slot, word, 0, 0, why);
  }

  /** The same object with less space than its row says. */
  Verdict shrunk(int to) {
    return new Verdict(Fate.RESTORED, slot, word, offset, to, and("the length of its space"));
  }

  /** The same slot, after all not to be kept. */
  Verdict butLost(String because) {
    return lost(slot, word, because);
  }

  /** The same use of a slot, in which somebody else's data is. */
  Verdict butBlocked(String because) {
    return new Verdict(fate, slot, word, offset, units, because);
  }

  private String and(String what) {
    return why.isEmpty() ? what : why + ", " + what;
  }

  boolean keepsItsPlace() {
    return fate == Fate.IN_USE || fate == Fate.SOUND || fate == Fate.RESTORED;
  }

  long endUnit(Units measure) {
    return measure.at(offset) + units;
  }
}
