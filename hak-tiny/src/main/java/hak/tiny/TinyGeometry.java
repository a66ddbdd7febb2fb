package hak.tiny;

import hak.core.memory.SizeClasses;
import java.util.stream.IntStream;

/** The two sets of block sizes that a profile can choose from. */
enum TinyGeometry {
  /** 8 B and the fine sizes. */
  FINE {
    @Override
    int[] blockBytes(int largest) {
      return IntStream.concat(IntStream.of(8), SizeClasses.fine(largest)).toArray();
    }
  },

  /** Powers of two from 8 B: few classes, up to half of a block unused. */
  POW2 {
    @Override
    int[] blockBytes(int largest) {
      return IntStream.iterate(8, size -> size <= largest, size -> size * 2).toArray();
    }
  };

  /** Block sizes up to {@code largest} bytes, ascending. */
  abstract int[] blockBytes(int largest);
}
