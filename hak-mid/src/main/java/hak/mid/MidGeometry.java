package hak.mid;

import hak.core.memory.SizeClasses;
import java.util.stream.IntStream;

/** The two sets of block sizes that a profile can choose from. */
enum MidGeometry {
  /** Four steps for each doubling, from 16 B on: what the tiers before serve is skipped. */
  FINE {
    @Override
    IntStream blockBytes(int largest) {
      return SizeClasses.fine(largest);
    }
  },

  /** 2, 4, 8, ... KiB: few classes, up to half of a block unused. */
  CLASSIC {
    @Override
    IntStream blockBytes(int largest) {
      return IntStream.iterate(2 << 10, size -> size <= largest, size -> size * 2);
    }
  };

  /** Block sizes up to {@code largest} bytes, ascending. */
  abstract IntStream blockBytes(int largest);
}
