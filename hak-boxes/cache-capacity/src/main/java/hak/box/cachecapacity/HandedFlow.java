package hak.box.cachecapacity;

import hak.core.memory.HandedLists;

/**
 * What went out of tiers and came back in some time, all classes together. Without a cache these
 * are allocations and frees; with one its misses and the frees that it refused.
 *
 * @param out blocks that were handed over
 * @param back blocks that came back
 * @param seconds how long that was
 */
record HandedFlow(double out, double back, double seconds) {
  /** Nothing in no time. */
  static final HandedFlow NONE = new HandedFlow(0, 0, 0);

  /** All so far that went out, by size class. */
  static double[] outByClass(HandedLists lists) {
    double[] out = new double[lists.lastClass() + 1];
    for (int sizeClass = 1; sizeClass < out.length; sizeClass++) {
      out[sizeClass] = lists.out(sizeClass);
    }
    return out;
  }

  /**
   * All so far, in this time.
   *
   * @param outByClass what went out, by size class
   */
  static HandedFlow of(HandedLists lists, double seconds, double... outByClass) {
    double out = 0;
    double back = 0;
    for (int sizeClass = 1; sizeClass < outByClass.length; sizeClass++) {
      if (outByClass[sizeClass] > 0) { // else its tier hands nothing over
        out += outByClass[sizeClass];
        back += lists.back(sizeClass);
      }
    }
    return new HandedFlow(out, back, seconds);
  }

  /** What came since then, in this one's time. */
  HandedFlow since(HandedFlow earlier) {
    return new HandedFlow(out - earlier.out, back - earlier.back, seconds);
  }

  /** Both together. */
  HandedFlow plus(HandedFlow more) {
    return new HandedFlow(out + more.out, back + more.back, seconds + more.seconds);
  }

  /** Blocks that go out in a second. */
  double perSecond() {
    return out / seconds;
  }
}
