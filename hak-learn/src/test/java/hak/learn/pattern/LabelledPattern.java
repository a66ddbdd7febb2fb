package hak.learn.pattern;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A program that uses one size class in a way that has a name, drawn from a seed. It knows what
 * programs do, and nothing of how patterns are told.
 */
abstract class LabelledPattern {
  final SplittableRandom random;
  final SlabModel blocks;

  /** The share of calls that are others: a block allocated and any block freed. */
  private final double noise;

  /** The share of windows in which it does something else first. */
  private final double lapses;

  private LabelledPattern(int sizeClass, SplittableRandom random, Consumer<SlabUse> reports) {
    this.random = random;
    blocks = new SlabModel(sizeClass, drawCapacity(random), random.split(), reports);
    noise = random.nextDouble(0.3);
    lapses = random.nextDouble(0.15);
  }

  static LabelledPattern of(
      Pattern label, int sizeClass, SplittableRandom random, Consumer<SlabUse> reports) {
    return switch (label) {
      case STEADY -> new Steady(sizeClass, random, reports);
      case WAVE -> new Wave(sizeClass, random, reports);
      case GROWTH -> new Growth(sizeClass, random, reports);
      case DORMANT -> new Dormant(sizeClass, random, reports);
      case SPARSE -> new Sparse(sizeClass, random, reports);
      case MIXED -> new Wanderer(sizeClass, random, reports);
      case UNKNOWN -> throw new IllegalArgumentException("no program is of pattern " + label);
    };
  }

  private static int drawCapacity(SplittableRandom random) {
    return 4 << random.nextInt(8);
  }

  /** What is done in a window, without noise. */
  abstract void work(int window);

  /** Whether nothing happens any more. */
  boolean isOver(int window) {
    return false;
  }

  final void window(int window) {
    if (!isOver(window) && random.nextDouble() < lapses) {
      lapse();
    }
    work(window);
    blocks.endWindow();
  }

  /** Something else, after which there are as many blocks as before. */
  private void lapse() {
    int some = blocks.live() / draw(3, 10);
    switch (random.nextInt(3)) {
      case 0 -> {
        freeAny(some);
        allocate(some);
      }
      case 1 -> {
        allocate(some);
        freeAny(some);
      }
      default -> exchange(some);
    }
  }

  final int draw(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  final void allocate(int count) {
    for (int i = 0; i < count; i++) {
      blocks.allocate();
      disturb();
    }
  }

  final void freeAny(int count) {
    for (int i = 0; i < count && blocks.live() > 0; i++) {
      blocks.freeAny();
      disturb();
    }
  }

  final void exchange(int count) {
    for (int i = 0; i < count; i++) {
      freeAny(1);
      allocate(1);
    }
  }

  private void disturb() {
    if (random.nextDouble() < noise) {
      blocks.allocate();
      blocks.freeAny();
    }
  }

  /** About as many blocks all the time. */
  private static final class Steady extends LabelledPattern {
    private final int population = draw(3, 10) * blocks.capacity();
    private final int calls = draw(300, 2000);
    private final int drift = draw(4, 20);

    Steady(int sizeClass, SplittableRandom random, Consumer<SlabUse> reports) {
      super(sizeClass, random, reports);
    }

    @Override
    void work(int window) {
      int target = population + draw(-population / drift, population / drift);
      allocate(Math.max(0, target - blocks.live()));
      freeAny(Math.max(0, blocks.live() - target));
      exchange(calls);
    }
  }

  /** Several slabs full of blocks that come and go together, many times a window or slowly. */
  private static final class Wave extends LabelledPattern {
    private final int height = draw(8, 16) * blocks.capacity();
    private final int wavesInWindow = draw(1, 4);
    private final int halfPeriod = random.nextBoolean() ? 0 : draw(1, 3);
    private final boolean lastFirst = random.nextBoolean();
    private final int stay = random.nextInt(1 + height / 50);

    Wave(int sizeClass, SplittableRandom random, Consumer<SlabUse> reports) {
      super(sizeClass, random, reports);
    }

    @Override
    void work(int window) {
      if (halfPeriod == 0) {
        for (int i = 0; i < wavesInWindow; i++) {
          allocate(height);
          ebb(height);
        }
      } else if (window / halfPeriod % 2 == 0) {
        allocate(height / halfPeriod);
      } else {
        boolean last = window % halfPeriod == halfPeriod - 1;
        ebb(last ? blocks.live() : height / halfPeriod);
      }
    }

    private void ebb(int count) {
      for (int i = 0; i < count && blocks.live() > stay; i++) {
        if (lastFirst) {
          blocks.freeLast();
        } else {
          blocks.freeAny();
        }
      }
    }
  }

  /** Most of what is allocated stays. */
  private static final class Growth extends LabelledPattern {
    private final int calls = draw(100, 600);
    private final double dies = random.nextDouble(0.35);

    Growth(int sizeClass, SplittableRandom random, Consumer<SlabUse> reports) {
      super(sizeClass, random, reports);
    }

    @Override
    void work(int window) {
      for (int i = 0; i < calls; i++) {
        allocate(1);
        if (random.nextDouble() < dies) {
          freeAny(1);
        }
      }
    }
  }

  /** Grows when the program begins, and then hardly a call. */
  private static final class Dormant extends LabelledPattern {
    private final int calls = draw(100, 1000);
    private final int end = draw(4, 25);
    private final int stray = draw(0, 1);

    Dormant(int sizeClass, SplittableRandom random, Consumer<SlabUse> reports) {
      super(sizeClass, random, reports);
    }

    @Override
    boolean isOver(int window) {
      return window >= end;
    }

    @Override
    void work(int window) {
      if (window < end) {
        allocate(calls);
      } else {
        freeAny(random.nextInt(stray + 1));
      }
    }
  }

  /** Of many blocks few stay, all over the slabs; a few others come and go. */
  private static final class Sparse extends LabelledPattern {
    private final int height = draw(10, 30) * blocks.capacity();
    private final double stays = random.nextDouble(0.06, 0.2);
    private final int calls = Math.max(10, height / draw(5, 20));
    private int passing;

    Sparse(int sizeClass, SplittableRandom random, Consumer<SlabUse> reports) {
      super(sizeClass, random, reports);
    }

    @Override
    void work(int window) {
      if (window == 0) {
        allocate(height);
        freeAny(height - (int) (stays * height));
      } else {
        for (int i = 0; i < calls; i++) {
          if (passing > 0 && random.nextBoolean()) {
            blocks.freeLast();
            passing--;
          } else if (passing < 8) {
            blocks.allocate();
            passing++;
          }
        }
      }
    }
  }

  /** Goes to another number of blocks in each window, by frees of any of them. */
  private static final class Wanderer extends LabelledPattern {
    private final int most = draw(8, 20) * blocks.capacity();

    Wanderer(int sizeClass, SplittableRandom random, Consumer<SlabUse> reports) {
      super(sizeClass, random, reports);
    }

    @Override
    void work(int window) {
      int target = draw(most / 3, most);
      allocate(Math.max(0, target - blocks.live()));
      freeAny(Math.max(0, blocks.live() - target));
      exchange(random.nextInt(most / 4));
    }
  }
}
