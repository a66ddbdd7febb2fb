package hak.bench.workload;

import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Workloads over a fixed number of slots. Each step picks one at random: if it holds a block the
 * block is freed, else one is allocated. A step is one malloc or one free, and one event. There are
 * enough steps that no branch predictor learns them.
 */
final class SlotMix {
  /** Steps of a program. */
  static final int STEPS = 1 << 22;

  private static final long SEED = 0x48414B2D6D6978L;
  private static final int MIXED_SLOTS = 400;
  private static final int FIXED_SLOTS = 128;
  private static final int SMALLEST_BYTES = 16;
  private static final int LARGEST_BYTES = 1024;
  private static final int SIZES = LARGEST_BYTES - SMALLEST_BYTES + 1;
  private static final int EMPTY = -1;

  private final ProgramBuilder program = new ProgramBuilder(STEPS);

  /** The program's slot of the block in each slot of the workload. */
  private final int[] blocks;

  private SlotMix(int slots) {
    blocks = new int[slots];
    Arrays.fill(blocks, EMPTY);
  }

  private void step(int slot, int size) {
    if (blocks[slot] == EMPTY) {
      blocks[slot] = program.malloc(size);
    } else {
      program.free(blocks[slot]);
      blocks[slot] = EMPTY;
    }
  }

  /** 400 slots, 16 to 1024 bytes evenly. */
  static Program randomMixed() {
    SlotMix mix = new SlotMix(MIXED_SLOTS);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < STEPS; i++) {
      mix.step(random.nextInt(MIXED_SLOTS), random.nextInt(SMALLEST_BYTES, LARGEST_BYTES + 1));
    }
    return mix.program.build();
  }

  /**
   * As HAKMEM measured: a linear congruential generator, slot and size from one draw, blocks not
   * written. Slot and size are not independent.
   */
  static Program randomMixedLegacy() {
    SlotMix mix = new SlotMix(MIXED_SLOTS);
    mix.program.untouched();
    int seed = 0x12345678;
    for (int i = 0; i < STEPS; i++) {
      seed = seed * 1664525 + 1013904223;
      int slot = Integer.remainderUnsigned(seed, MIXED_SLOTS);
      mix.step(slot, SMALLEST_BYTES + Integer.remainderUnsigned(seed, SIZES));
    }
    return mix.program.build();
  }

  /** 128 slots, one size. */
  static Program fixed(int size) {
    SlotMix mix = new SlotMix(FIXED_SLOTS);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < STEPS; i++) {
      mix.step(random.nextInt(FIXED_SLOTS), size);
    }
    return mix.program.build();
  }
}
