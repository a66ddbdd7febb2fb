package hak.bench.shadow;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Part;
import hak.bench.trace.Part.Shift;
import hak.bench.trace.Program;
import hak.core.memory.SizeClasses;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the calls of a program, of all its threads, in an order in which they might have been made:
 * the threads take turns of {@link #TURN} events, and one that waits for another passes. The same
 * each time.
 *
 * <p>A reallocation is none where the block stays in place: where the new size is at most what the
 * block has and at least half of it, as in {@code HakAllocator.realloc}. Threads that follow each
 * other in a part are one, for the heap of a dead thread passes to the next.
 */
final class CallWalk {
  /** How many events a thread goes on for. */
  static final int TURN = 256;

  private final ParallelProgram program;
  private final SizeClasses classes;
  private final Calls calls;
  private final long[] posted;

  private CallWalk(ParallelProgram program, SizeClasses classes, Calls calls) {
    this.program = program;
    this.classes = classes;
    this.calls = calls;
    posted = new long[program.channels()];
  }

  /** Tells all of them. */
  static void walk(ParallelProgram program, SizeClasses classes, Calls calls) {
    new CallWalk(program, classes, calls).run();
  }

  private void run() {
    Blocks ofAll = program.sharesBlocks() ? new Blocks(program.slots()) : null;
    if (program.opening() != null) {
      Walker opening = new Walker(program.threads(), Part.of(program.opening()), ofAll);
      while (opening.goOn()) {
        // one thread: nothing to wait for
      }
    }
    List<Walker> walkers = new ArrayList<>();
    for (Part part : program.parts()) {
      Blocks blocks = ofAll != null ? ofAll : new Blocks(part.program().slots());
      walkers.add(new Walker(walkers.size(), part, blocks));
    }
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Walker walker : walkers) {
        moved |= walker.goOn();
      }
    }
    if (walkers.stream().anyMatch(walker -> !walker.isDone())) {
      throw new IllegalStateException("the threads of the program wait for each other");
    }
  }

  /** What is known of the block in each slot. */
  private static final class Blocks {
    private final byte[] sizeClass;

    /** What the calls said of it. */
    private final int[] told;

    Blocks(int slots) {
      sizeClass = new byte[slots];
      told = new int[slots];
    }

    void move(int from, int to) {
      sizeClass[to] = sizeClass[from];
      told[to] = told[from];
    }
  }

  /** One thread. */
  private final class Walker {
    private final int thread;
    private final Program part;
    private final List<Shift> stretches;
    private final Blocks blocks;

    private int stretch;
    private int event;

    Walker(int thread, Part part, Blocks blocks) {
      this.thread = thread;
      this.part = part.program();
      this.blocks = blocks;
      stretches = part.stretches();
      event = stretches.getFirst().from();
    }

    boolean isDone() {
      return stretch == stretches.size();
    }

    /** Goes on for a turn; whether it came further. */
    boolean goOn() {
      boolean moved = false;
      for (int i = 0; i < TURN && toNextEvent(); i++) {
        if (!tell(part.events()[event])) {
          return moved;
        }
        event++;
        moved = true;
      }
      return moved;
    }

    private boolean toNextEvent() {
      while (!isDone() && event == stretches.get(stretch).to()) {
        stretch++;
        event = isDone() ? 0 : stretches.get(stretch).from();
      }
      return !isDone();
    }

    /** Tells an event; false if it has to wait. */
    private boolean tell(long word) {
      int slot = Program.slot(word);
      long argument = Program.argument(word);
      return switch (Program.op(word)) {
        case Program.ALIGNED ->
            tell(Program.ALIGNED, slot, Program.alignment(argument), Program.alignedSize(argument));
        case Program.WIDE -> {
          long entry = part.wide()[(int) argument];
          yield tell(
              Program.wideOp(entry), slot, Program.wideAlignment(entry), Program.wideSize(entry));
        }
        default -> tell(Program.op(word), slot, 1, argument);
      };
    }

    private boolean tell(int op, int slot, long alignment, long size) {
      switch (op) {
        case Program.FREE -> calls.free(thread, blocks.sizeClass[slot], blocks.told[slot]);
        case Program.MOVE -> blocks.move(slot, (int) size);
        case Program.POST -> posted[slot]++;
        case Program.AWAIT -> {
          return posted[slot] >= size;
        }
        case Program.REALLOC -> resize(slot, size);
        default -> allocate(slot, classFor(size, alignment), size);
      }
      return true;
    }

    private void allocate(int slot, int sizeClass, long size) {
      blocks.sizeClass[slot] = (byte) sizeClass;
      blocks.told[slot] = calls.allocate(thread, sizeClass, size);
    }

    private void resize(int slot, long size) {
      int old = blocks.sizeClass[slot];
      int told = blocks.told[slot];
      int next = classFor(size, 1);
      boolean staysInPlace =
          old == 0 ? next == 0 : size <= classes.bytes(old) && size >= classes.bytes(old) / 2;
      if (!staysInPlace) {
        allocate(slot, next, size);
        calls.free(thread, old, told);
      }
    }

    private int classFor(long size, long alignment) {
      if (size > classes.largestBytes() || SizeClasses.isSparse(size, alignment)) {
        return 0;
      }
      return alignment == 1 ? classes.of(size) : classes.aligned(size, alignment);
    }
  }
}
