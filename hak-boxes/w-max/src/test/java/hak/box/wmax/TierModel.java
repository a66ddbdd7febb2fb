package hak.box.wmax;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the middle tier does with its slabs, and nothing else of it: classes of slabs with room, a
 * block at hand, else one of a larger class, else a fresh slab; an empty slab goes back unless it
 * is the only one with room. Counts as the tier counts.
 */
final class TierModel {
  private static final int SLAB_BYTES = 64 << 10;

  /** A slab, and how many of its blocks are out. */
  private static final class Slab {
    final int sizeClass;
    int used;

    Slab(int sizeClass) {
      this.sizeClass = sizeClass;
    }
  }

  private final int[] blockBytes;
  private final List<List<Slab>> shelves = new ArrayList<>();

  /** Blocks that are out, by the class that was asked for. */
  private final List<List<Slab>> out = new ArrayList<>();

  long claimedBytes;
  long releasedBytes;
  long lentBlocks;

  /** With classes of these block sizes, ascending. */
  TierModel(int... blockBytes) {
    this.blockBytes = blockBytes;
    for (int i = 0; i < blockBytes.length; i++) {
      shelves.add(new ArrayList<>());
      out.add(new ArrayList<>());
    }
  }

  private int capacity(int sizeClass) {
    return SLAB_BYTES / blockBytes[sizeClass];
  }

  /** Asks for a block. */
  void allocate(int sizeClass, long wMax) {
    long smallest = sizeClass == 0 ? 1 : blockBytes[sizeClass - 1] + 1;
    for (int larger = sizeClass; larger < blockBytes.length; larger++) {
      boolean mayServe = larger == sizeClass || blockBytes[larger] * 100L <= smallest * wMax;
      if (mayServe && !shelves.get(larger).isEmpty()) {
        lentBlocks += larger == sizeClass ? 0 : 1;
        take(sizeClass, shelves.get(larger).getFirst());
        return;
      }
    }
    claimedBytes += SLAB_BYTES;
    Slab fresh = new Slab(sizeClass);
    shelves.get(sizeClass).addFirst(fresh);
    take(sizeClass, fresh);
  }

  private void take(int asked, Slab slab) {
    out.get(asked).add(slab);
    if (++slab.used == capacity(slab.sizeClass)) {
      shelves.get(slab.sizeClass).remove(slab);
    }
  }

  /** Frees one of the blocks that were asked for with a class. */
  void free(int sizeClass, SplittableRandom random) {
    List<Slab> blocks = out.get(sizeClass);
    int chosen = random.nextInt(blocks.size());
    Slab slab = blocks.get(chosen);
    blocks.set(chosen, blocks.getLast());
    blocks.removeLast();
    List<Slab> shelf = shelves.get(slab.sizeClass);
    if (slab.used-- == capacity(slab.sizeClass)) {
      shelf.addFirst(slab);
    }
    if (slab.used == 0 && shelf.size() > 1) {
      shelf.remove(slab);
      releasedBytes += SLAB_BYTES;
    }
  }

  /** Frees or asks until so many are out. */
  void come(int sizeClass, int blocks, long wMax, SplittableRandom random) {
    while (out.get(sizeClass).size() > blocks) {
      free(sizeClass, random);
    }
    while (out.get(sizeClass).size() < blocks) {
      allocate(sizeClass, wMax);
    }
  }

  int classes() {
    return blockBytes.length;
  }
}
