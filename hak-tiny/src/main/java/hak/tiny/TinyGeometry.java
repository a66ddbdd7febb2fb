package hak.tiny;

import java.util.stream.IntStream;

/** The two sets of block sizes that a profile can choose from. */
enum TinyGeometry {
  /**
   * 8 and 16 B, then steps of 16 B up to 128 B, then four steps for each doubling: at most 20 % of
   * a block is unused from 65 B up, on average half of that. The geometry of jemalloc and mimalloc.
   */
  FINE {
    @Override
    int[] blockBytes(int largest) {
      IntStream.Builder sizes = IntStream.builder().add(8);
      int step = 16;
      for (int size = 16; size <= largest; size += step) {
        sizes.add(size);
        if (size >= 128 && Integer.bitCount(size) == 1) {
          step = size / 4;
        }
      }
      return sizes.build().toArray();
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
