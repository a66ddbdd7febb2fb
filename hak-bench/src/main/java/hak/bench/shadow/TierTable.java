package hak.bench.shadow;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.SizeClasses;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which size tier serves which size class in a stack.
 *
 * @param tiers their names in the profile, by ascending size
 * @param tierOf the number of the tier of each class, by class; entry 0 is no class
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record TierTable(SizeClasses classes, List<String> tiers, int[] tierOf) {
  /** A page, which a slab of blocks up to an eighth of it takes. */
  private static final int PAGE_BYTES = 64 << 10;

  /** How many pages a slab of larger blocks takes at most. */
  private static final int MOST_PAGES = 8;

  static TierTable of(HakAllocator stack) {
    StackView view = StackView.of(stack);
    List<String> layers = view.layers();
    SizeClasses classes = view.sizeClasses();
    return new TierTable(
        classes,
        layers.subList(view.caches().size(), layers.size()),
        view.boxes().tierNumberOfClass(classes.last()));
  }

  /** The name of the tier of a class. */
  String tier(int sizeClass) {
    return tiers.get(tierOf[sizeClass]);
  }

  /** The largest block of the tiers before one, in bytes; 0 = it is the first. */
  int bytesBelow(String tier) {
    int number = tiers.indexOf(tier);
    return IntStream.rangeClosed(1, classes.last())
        .filter(sizeClass -> tierOf[sizeClass] < number)
        .map(classes::bytes)
        .max()
        .orElse(0);
  }

  /** The largest block of a tier, in bytes; 0 if it has no class. */
  int largestBytes(String tier) {
    int number = tiers.indexOf(tier);
    return IntStream.rangeClosed(1, classes.last())
        .filter(sizeClass -> tierOf[sizeClass] == number)
        .map(classes::bytes)
        .max()
        .orElse(0);
  }

  /** How many blocks a slab of each class has, for a model of slabs. */
  int[] blocksOfSlab() {
    int[] blocks = new int[classes.last() + 1];
    Arrays.setAll(blocks, sizeClass -> sizeClass == 0 ? 0 : blocksOf(classes.bytes(sizeClass)));
    return blocks;
  }

  private static int blocksOf(int blockBytes) {
    int slabBytes = blockBytes <= PAGE_BYTES / 8 ? PAGE_BYTES : MOST_PAGES * PAGE_BYTES;
    return Math.max(1, slabBytes / blockBytes);
  }

  /** Bytes of the block that serves a size, as far as this knows: beyond the classes, of pages. */
  int blockBytes(int size) {
    return size <= classes.largestBytes()
        ? classes.bytes(classes.of(size))
        : (size + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
  }
}
