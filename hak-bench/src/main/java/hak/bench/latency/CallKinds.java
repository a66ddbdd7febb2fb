package hak.bench.latency;

import hak.bench.replay.Crew;
import hak.bench.replay.Schedule;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import java.util.List;

/**
 * What each event of a program is: operation and size class, as one number.
 *
 * <pre>
 * kind = operation * SIZES + size
 *   operation  of {@link Program}, MALLOC to REALLOC
 *   size       the size class; above the largest one, its number + log2 of the size, rounded up
 * </pre>
 *
 * <p>A block that is freed has the size with which it was allocated, by whichever thread: the
 * program is replayed once with nothing but its sizes.
 */
final class CallKinds {
  /** An event that calls nothing. */
  static final short NONE = -1;

  /** More than there are kinds. */
  static final int COUNT = 5 << 8;

  private static final int SIZES = 1 << 8;

  private static final List<String> OPERATIONS =
      List.of("malloc", "calloc", "aligned", "free", "realloc");

  private final ParallelProgram program;
  private final SizeClasses classes;

  /** By thread and event; one array where all threads do the same. */
  private final short[][] kinds;

  private CallKinds(ParallelProgram program, SizeClasses classes) {
    this.program = program;
    this.classes = classes;
    this.kinds = new short[program.threads()][];
    for (int thread = 0; thread < kinds.length; thread++) {
      boolean isFirst = thread == 0 || !program.isOfCopies();
      kinds[thread] = isFirst ? new short[program.program(thread).events().length] : kinds[0];
    }
  }

  /** The kinds of a program on a stack with these size classes. */
  static CallKinds of(ParallelProgram program, Crew crew, SizeClasses classes) {
    CallKinds kinds = new CallKinds(program, classes);
    kinds.replay(crew);
    return kinds;
  }

  /** The kinds of a thread's events, or {@link #NONE}. */
  short[] ofThread(int thread) {
    return kinds[thread];
  }

  /** What an operation is called. */
  static String operation(int kind) {
    return OPERATIONS.get(kind / SIZES);
  }

  /** Whether a block ends and none begins. */
  static boolean isFree(int kind) {
    return kind / SIZES == Program.FREE;
  }

  /** Whether the size has a class, and is not a larger one. */
  boolean hasClass(int kind) {
    return kind % SIZES <= classes.last();
  }

  /** The largest size of a kind, in bytes. */
  long mostBytes(int kind) {
    int size = kind % SIZES;
    return hasClass(kind) ? classes.bytes(size) : 1L << (size - classes.last());
  }

  private void replay(Crew crew) {
    long[][] sizes = program.newTables();
    Schedule schedule = new Schedule(program, crew);
    // Copies do the same: the first is enough, and the others may not write the same array.
    int threads = program.isOfCopies() && !program.sharesBlocks() ? 1 : program.threads() + 1;
    schedule.run((thread, from, to) -> {
      if (thread < threads) {
        for (int event = from; event < to; event++) {
          short kind = kind(schedule, program.program(thread), event, sizes[thread]);
          if (thread < program.threads()) {
            kinds[thread][event] = kind;
          }
        }
      }
    });
  }

  private short kind(Schedule schedule, Program part, int event, long[] sizes) {
    long word = part.events()[event];
    int slot = Program.slot(word);
    long argument = Program.argument(word);
    return switch (Program.op(word)) {
      case Program.ALIGNED -> {
        long size = Program.alignedSize(argument);
        yield kind(schedule, Program.ALIGNED, slot, Program.alignment(argument), size, sizes);
      }
      case Program.WIDE -> {
        long entry = part.wide()[(int) argument];
        long size = Program.wideSize(entry);
        yield kind(
            schedule, Program.wideOp(entry), slot, Program.wideAlignment(entry), size, sizes);
      }
      default -> kind(schedule, Program.op(word), slot, 1, argument, sizes);
    };
  }

  private short kind(
      Schedule schedule, int op, int slot, long alignment, long argument, long[] sizes) {
    switch (op) {
      case Program.MOVE -> sizes[(int) argument] = sizes[slot];
      case Program.POST -> schedule.channels().post(slot);
      case Program.AWAIT -> schedule.channels().await(slot, argument);
      case Program.FREE -> {
        return (short) (op * SIZES + (int) sizes[slot]);
      }
      default -> {
        sizes[slot] = size(argument, alignment);
        return (short) (op * SIZES + (int) sizes[slot]);
      }
    }
    return NONE;
  }

  private int size(long bytes, long alignment) {
    int sizeClass = 0;
    if (alignment > 1) {
      boolean hasClass =
          alignment <= PageTable.PAGE_BYTES && !SizeClasses.isSparse(bytes, alignment);
      sizeClass = hasClass ? classes.aligned(bytes, alignment) : 0;
    } else if (bytes <= classes.largestBytes()) {
      sizeClass = classes.of(bytes);
    }
    return sizeClass != 0
        ? sizeClass
        : classes.last() + Long.SIZE - Long.numberOfLeadingZeros(Math.max(bytes - 1, 1));
  }
}
