package hak.bench.shadow;

import hak.core.memory.SizeClasses;
import hak.learn.SizePeaks;
import hak.learn.cache.CacheShadow;
import hak.learn.pattern.PatternLearner;
import hak.learn.pattern.RouteFigures;
import hak.learn.pattern.SlabShadow;

/** Looks at the calls of a program once: caches, slabs, patterns of size classes, and sizes. */
final class Survey implements Calls {
  /** Of the windows of a program, the last ones that its patterns are told from. */
  private static final double PART_OF_PATTERNS = 0.75;

  private final CacheShadow shadow;
  private final TierTable tiers;
  private final PatternLearner patterns;
  private final SlabShadow slabs;
  private final SizePeaks sizes = new SizePeaks(SizeClasses.MAX_BLOCK_BYTES);
  private long bytes;

  Survey(CacheShadow shadow, TierTable tiers, int windows) {
    this.shadow = shadow;
    this.tiers = tiers;
    int remembered = Math.clamp((long) (windows * PART_OF_PATTERNS), 1, 256);
    patterns = new PatternLearner(tiers.classes().last(), RouteFigures.COSTS, 0, remembered);
    slabs = new SlabShadow(tiers.blocksOfSlab(), patterns::add);
  }

  @Override
  public int allocate(int thread, int sizeClass, long size) {
    shadow.allocate(thread, sizeClass);
    if (size <= SizeClasses.MAX_BLOCK_BYTES) {
      sizes.add(size);
      bytes += tiers.blockBytes((int) size);
    }
    return slabs.allocate(thread, sizeClass);
  }

  @Override
  public void free(int thread, int sizeClass, int block) {
    shadow.free(thread, sizeClass);
    slabs.free(block);
  }

  /** A window has ended. */
  void endWindow() {
    slabs.endWindow();
    patterns.endWindow();
  }

  TierTable tiers() {
    return tiers;
  }

  CacheShadow shadow() {
    return shadow;
  }

  PatternLearner patterns() {
    return patterns;
  }

  SizePeaks sizes() {
    return sizes;
  }

  /** What all blocks up to 256 KiB took together, in bytes. */
  long bytes() {
    return bytes;
  }
}
