package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Part;
import hak.bench.trace.Part.Shift;
import hak.bench.trace.ProgramBuilder;
import hak.core.spi.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Many tasks with blocks of their own, of which few run at a time: on virtual threads, each of
 * which is parked between its turns and may go on on another carrier; and, to be compared with, the
 * same calls in the same order on platform threads.
 *
 * <pre>
 *   turn of a task    calls as random-mixed in slots of its own; in the last turn all is freed
 *   order in a part   turn 0 of task 0, turn 0 of task 1, ..., turn 1 of task 0, ...
 * </pre>
 *
 * @param type name and text
 * @param virtual whether each task has a virtual thread
 */
record Tasks(WorkloadType type, boolean virtual) implements WorkloadFamily {
  private static final int EMPTY = -1;
  private static final int MOST_BYTES = 1 << 20;
  private static final Option THREADS = Parameters.threads("Tasks that run at the same time.");
  private static final Option TASKS =
      Option.count(
          "tasks",
          "tasks",
          1,
          100_000,
          10_000,
          "Of all threads together, rounded up to a multiple of them.");
  private static final Option TURNS =
      Option.count("turns", "turns", 1, 1000, 4, "Turns of each task.");
  private static final Option CALLS =
      Option.count("calls", "calls", 1, 1 << 16, 64, "Calls of a task in a turn.");
  private static final Option SLOTS =
      Option.count("slots", "slots", 1, 1 << 10, 16, "Places for a block, of each task.");
  private static final Option MIN = Parameters.min(MOST_BYTES, 16);
  private static final Option MAX = Parameters.max(MOST_BYTES, 1024);

  /** On virtual threads. */
  static Tasks onVirtualThreads() {
    return of(
        "virtual-threads",
        "Many virtual threads that take turns, and are parked between them: as random-mixed, each"
            + " with a few slots of its own; blocks live while their thread is parked.",
        "one malloc or one free, and its part of a turn's beginning and end",
        true);
  }

  /** On platform threads. */
  static Tasks onPlatformThreads() {
    return of(
        "platform-threads",
        "The calls of virtual-threads in the same order, without virtual threads: each thread makes"
            + " those of its part of the tasks.",
        ONE_CALL,
        false);
  }

  private static Tasks of(String name, String text, String operation, boolean virtual) {
    List<Option> parameters = List.of(THREADS, TASKS, TURNS, CALLS, SLOTS, MIN, MAX);
    return new Tasks(new WorkloadType(name, null, text, operation, parameters), virtual);
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, MIN, MAX);
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    SplittableRandom[] randoms = WorkloadFamily.randoms(settings.get(THREADS));
    return ParallelProgram.ofParts(
        Stream.of(randoms).map(random -> draw(settings, random)).toList());
  }

  private Part draw(Settings settings, SplittableRandom random) {
    int tasks = Math.ceilDiv(settings.get(TASKS), settings.get(THREADS));
    int turns = settings.get(TURNS);
    Drawing drawing = new Drawing(tasks, settings.get(SLOTS), SizeRange.of(settings, MIN, MAX));
    List<Shift> shifts = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      for (int task = 0; task < tasks; task++) {
        int from = drawing.program.eventCount();
        drawing.addCalls(task, settings.get(CALLS), random);
        if (turn == turns - 1) {
          drawing.freeAll(task);
        }
        shifts.add(new Shift(from, drawing.program.eventCount()));
      }
    }
    return virtual
        ? Part.ofVirtualThreads(drawing.program.build(), shifts, tasks)
        : Part.inShifts(drawing.program.build(), shifts);
  }

  /** The program of a part as it grows. */
  private static final class Drawing {
    private final ProgramBuilder program = new ProgramBuilder(1 << 16);
    private final SizeRange sizes;

    /** By task and slot. */
    private final int[][] blocks;

    Drawing(int tasks, int slots, SizeRange sizes) {
      this.sizes = sizes;
      this.blocks = new int[tasks][slots];
      for (int[] ofTask : blocks) {
        Arrays.fill(ofTask, EMPTY);
      }
    }

    void addCalls(int task, int calls, SplittableRandom random) {
      int[] own = blocks[task];
      for (int i = 0; i < calls; i++) {
        int slot = random.nextInt(own.length);
        if (own[slot] == EMPTY) {
          own[slot] = program.malloc(sizes.draw(random));
        } else {
          program.free(own[slot]);
          own[slot] = EMPTY;
        }
      }
    }

    void freeAll(int task) {
      for (int block : blocks[task]) {
        if (block != EMPTY) {
          program.free(block);
        }
      }
    }
  }
}
