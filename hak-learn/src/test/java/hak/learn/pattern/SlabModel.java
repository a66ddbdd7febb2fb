package hak.learn.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One size class of a slab allocator, without memory: blocks are carved from slabs, freed in any
 * order, and a slab whose last block is freed retires, unless few enough such are kept.
 */
final class SlabModel {
  private static final class Slab {
    private int used;
    private int carved;
    private int most;
    private long allocations;
    private long freeHits;
    private long frees;
    private boolean waits;
  }

  private final int sizeClass;
  private final int capacity;
  private final int keep;
  private final boolean newestFirst;
  private final SplittableRandom random;
  private final Consumer<SlabUse> reports;

  /** Slabs with room, but for the active one. */
  private final List<Slab> waiting = new ArrayList<>();

  private final List<Slab> all = new ArrayList<>();
  private final List<Slab> live = new ArrayList<>();
  private Slab active;

  SlabModel(int sizeClass, int capacity, SplittableRandom random, Consumer<SlabUse> reports) {
    this.sizeClass = sizeClass;
    this.capacity = capacity;
    this.random = random;
    this.reports = reports;
    keep = random.nextInt(3);
    newestFirst = random.nextBoolean();
  }

  int capacity() {
    return capacity;
  }

  int live() {
    return live.size();
  }

  void allocate() {
    if (active == null || active.used == capacity) {
      active = next();
    }
    Slab slab = active;
    if (slab.carved > slab.used) {
      slab.freeHits++; // a freed block of it is there, and is taken first
    } else {
      slab.carved++;
    }
    slab.used++;
    slab.allocations++;
    slab.most = Math.max(slab.most, slab.used);
    live.add(slab);
  }

  private Slab next() {
    if (!waiting.isEmpty()) {
      Slab slab = newestFirst ? waiting.removeLast() : waiting.removeFirst();
      slab.waits = false;
      return slab;
    }
    Slab slab = new Slab();
    all.add(slab);
    return slab;
  }

  /** Frees any block. */
  void freeAny() {
    free(random.nextInt(live.size()));
  }

  /** Frees the block that was allocated last, or one that took its place. */
  void freeLast() {
    free(live.size() - 1);
  }

  private void free(int index) {
    Slab slab = live.get(index);
    Slab last = live.removeLast();
    if (index < live.size()) {
      live.set(index, last);
    }
    slab.used--;
    slab.frees++;
    if (slab != active && !slab.waits) {
      slab.waits = true;
      waiting.add(slab);
    }
    if (slab.used == 0 && slab != active && emptyOnes() > keep) {
      waiting.remove(slab);
      all.remove(slab);
      report(slab, true);
    }
  }

  private long emptyOnes() {
    return waiting.stream().filter(slab -> slab.used == 0).count();
  }

  /** The window ends: slabs in use are told about. */
  void endWindow() {
    all.forEach(slab -> report(slab, false));
  }

  private void report(Slab slab, boolean retired) {
    reports.accept(
        new SlabUse(
            sizeClass,
            slab.allocations,
            slab.freeHits,
            slab.frees,
            (double) slab.most / capacity,
            (double) slab.used / capacity,
            retired));
    slab.allocations = 0;
    slab.freeHits = 0;
    slab.frees = 0;
    slab.most = slab.used;
  }
}
