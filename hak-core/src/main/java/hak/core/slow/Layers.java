package hak.core.slow;

import hak.core.inside.Boxes;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.spi.Front;
import hak.core.spi.Observer;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The caches and the size tiers, called one after the other: what the specialised class of a stack
 * has written out. Needs {@link hak.core.memory.StackRoom#forCall}, and the heap held.
 */
public final class Layers implements Front {
  private final ThreadCache[] caches;
  private final SizeTier[] tierOfClass;
  private final int[] layerOfClass;

  /** By class; null where the tier hands nothing over or no cache adopts. */
  private final Handover[] handoverOfClass;

  private final Observer[] observers;
  private final SizeTier.BlockSink allCaches = this::acceptRefill;

  /** The caches one by one, as what takes blocks. */
  private final SizeTier.BlockSink[] sinks;

  /** The layers of a stack with these boxes. */
  public Layers(Boxes boxes, SizeClasses sizeClasses) {
    caches = boxes.of(ThreadCache.class).toArray(new ThreadCache[0]);
    sinks =
        Stream.of(caches)
            .map(cache -> (SizeTier.BlockSink) cache::push)
            .toArray(SizeTier.BlockSink[]::new);
    observers = boxes.of(Observer.class).toArray(new Observer[0]);
    tierOfClass = boxes.tierOfClass(sizeClasses.last());
    handoverOfClass = Stream.of(tierOfClass).map(this::handover).toArray(Handover[]::new);
    layerOfClass =
        IntStream.of(boxes.tierNumberOfClass(sizeClasses.last()))
            .map(tier -> caches.length + tier)
            .toArray();
  }

  /** How lists come from a tier into the first cache that adopts; null if they do not. */
  public Handover handover(SizeTier tier) {
    if (tier == null || !tier.handsOver() || Stream.of(caches).anyMatch(ThreadCache::refills)) {
      return null; // a cache that asks for blocks is to have them, and not one behind it
    }
    return Stream.of(caches)
        .filter(ThreadCache::adopts)
        .findFirst()
        .map(adopter -> new Handover(adopter, tier))
        .orElse(null);
  }

  /** The caches as what takes the blocks of a refill: see {@link #acceptRefill}. */
  public SizeTier.BlockSink allCaches() {
    return allCaches;
  }

  /** The tier that serves a size class. */
  public SizeTier tierOf(int sizeClass) {
    return tierOfClass[sizeClass];
  }

  /** A block from the first that has one; 0 when none has. */
  int take(int heap, int sizeClass) {
    for (int layer = 0; layer < caches.length; layer++) {
      int block = caches[layer].pop(heap, sizeClass);
      observePop(heap, layer, sizeClass, block);
      if (block != 0) {
        return block;
      }
    }
    int block = takeFromTier(heap, sizeClass);
    observePop(heap, layerOfClass[sizeClass], sizeClass, block);
    return block;
  }

  private int takeFromTier(int heap, int sizeClass) {
    Handover handover = handoverOfClass[sizeClass];
    return handover == null
        ? tierOfClass[sizeClass].allocate(heap, sizeClass)
        : handover.take(heap, sizeClass);
  }

  /** Gives a block to the first that takes it; the tier always does. */
  void give(int heap, int sizeClass, int block) {
    for (int layer = 0; layer < caches.length; layer++) {
      boolean accepted = caches[layer].push(heap, sizeClass, block);
      observePush(heap, layer, sizeClass, accepted);
      if (accepted) {
        return;
      }
    }
    tierOfClass[sizeClass].release(heap, sizeClass, block);
    observePush(heap, layerOfClass[sizeClass], sizeClass, true);
  }

  /**
   * A block from the tier when no cache had one, after the caches got from it what they want. The
   * block itself comes last: what a tier throws before that loses nothing.
   */
  public int takeAndRefill(int heap, int sizeClass) {
    StackRoom.forCall();
    for (int i = 0; i < caches.length; i++) {
      int wanted = caches[i].wanted(heap, sizeClass);
      if (wanted > 0) {
        fill(sinks[i], heap, sizeClass, wanted);
      }
    }
    return takeFromTier(heap, sizeClass);
  }

  private int fill(SizeTier.BlockSink sink, int heap, int sizeClass, int blocks) {
    SizeTier tier = tierOfClass[sizeClass];
    for (int taken = 0; taken < blocks; taken++) {
      int block = tier.allocate(heap, sizeClass);
      if (block == 0) {
        return taken;
      }
      if (!sink.accept(heap, sizeClass, block)) {
        tier.release(heap, sizeClass, block);
        return taken;
      }
    }
    return blocks;
  }

  @Override
  public int fill(int heap, int sizeClass, int blocks) {
    StackRoom.forCall();
    return fill(allCaches, heap, sizeClass, blocks);
  }

  @Override
  public int held(int heap, int sizeClass) {
    int held = 0;
    for (ThreadCache cache : caches) {
      held += cache.blockCount(heap, sizeClass);
    }
    return held;
  }

  @Override
  public int drain(int heap, int sizeClass, int blocks) {
    StackRoom.forCall();
    int drained = 0;
    for (ThreadCache cache : caches) {
      drained += giveBack(cache, heap, sizeClass, blocks - drained);
    }
    return drained;
  }

  @Override
  public int drain(ThreadCache cache, int heap, int sizeClass, int blocks) {
    StackRoom.forCall();
    return giveBack(cache, heap, sizeClass, blocks);
  }

  private int giveBack(ThreadCache cache, int heap, int sizeClass, int blocks) {
    SizeTier tier = tierOfClass[sizeClass];
    for (int given = 0; given < blocks; given++) {
      int block = cache.pop(heap, sizeClass);
      if (block == 0) {
        return given;
      }
      tier.release(heap, sizeClass, block);
    }
    return blocks;
  }

  /**
   * Offers a block to the caches in order: what a refilling tier hands out beyond the block asked
   * for.
   */
  public boolean acceptRefill(int heap, int sizeClass, int block) {
    for (ThreadCache cache : caches) {
      if (cache.push(heap, sizeClass, block)) {
        return true;
      }
    }
    return false;
  }

  private void observePop(int heap, int layer, int sizeClass, int block) {
    for (Observer observer : observers) {
      try {
        observer.popped(heap, layer, sizeClass, block != 0);
      } catch (Throwable ignored) {
        // The block is taken: it goes to its user whatever an observer does.
      }
    }
  }

  private void observePush(int heap, int layer, int sizeClass, boolean accepted) {
    for (Observer observer : observers) {
      try {
        observer.pushed(heap, layer, sizeClass, accepted);
      } catch (Throwable ignored) {
        // The block is given back already, or goes to the next box.
      }
    }
  }
}
