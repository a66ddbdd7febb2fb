package hak.bench.workload;

import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import java.util.Arrays;

/**
 * A workload over a fixed number of slots. Each step picks one: if it holds a block the block is
 * freed, else one is allocated. A step is one malloc or one free, and one event. By default there
 * are enough steps that no branch predictor learns them.
 */
final class SlotMix {
  /** Steps of a program, if nothing else is asked for. */
  static final int STEPS = 1 << 22;

  private static final int EMPTY = -1;

  private final ProgramBuilder program = new ProgramBuilder(1 << 16);

  /** The program's slot of the block in each slot of the workload. */
  private final int[] blocks;

  SlotMix(int slots) {
    blocks = new int[slots];
    Arrays.fill(blocks, EMPTY);
  }

  /** One whose blocks are not written. */
  static SlotMix untouched(int slots) {
    SlotMix mix = new SlotMix(slots);
    mix.program.untouched();
    return mix;
  }

  /** Frees the block in a slot, or allocates one of this size there. */
  void step(int slot, int size) {
    if (blocks[slot] == EMPTY) {
      blocks[slot] = program.malloc(size);
    } else {
      program.free(blocks[slot]);
      blocks[slot] = EMPTY;
    }
  }

  /** Frees the block in a slot, if there is one, and allocates another there. */
  void replace(int slot, int size) {
    if (blocks[slot] != EMPTY) {
      step(slot, size);
    }
    step(slot, size);
  }

  /** Frees all blocks, slot by slot. */
  void clear() {
    for (int slot = 0; slot < blocks.length; slot++) {
      if (blocks[slot] != EMPTY) {
        step(slot, 0);
      }
    }
  }

  /** How many events there are so far. */
  int eventCount() {
    return program.eventCount();
  }

  /** The program of all steps so far. */
  Program program() {
    return program.build();
  }
}
