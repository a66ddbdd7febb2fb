package hak.bench.replay;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * No allocator: a checksum of the calls that a loop makes. Two loops with the same sum, one in Java
 * and one in C, do the same.
 *
 * <p>What a call adds depends on the operation, its arguments and how many calls its thread made
 * before in the same shift. The address of a block is what its allocation added, so a free adds
 * another number when it is of another block: one of another slot, another thread, or too old, for
 * want of an await. The sum does not depend on how the threads were interleaved. A block must not
 * be written.
 */
public final class CallSum implements Operations {
  private static final int HOME_SHIFT = 32;
  private static final int OPERATION_SHIFT = 56;

  private final Queue<Caller> callers = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Caller> caller = ThreadLocal.withInitial(this::join);

  /** One thread. */
  private static final class Caller {
    private long calls;
    private long sum;

    long add(int operation, long first, long second) {
      long call = (long) operation << OPERATION_SHIFT | calls++;
      long word = mix(mix(mix(call) + first) + second);
      sum += word;
      return word;
    }

    /** Counts its calls anew: this may be the thread of several stretches. */
    void beginStretch() {
      calls = 0;
    }
  }

  /** The sum over one round of a program. */
  public static long of(ParallelProgram program, Crew crew) {
    CallSum sum = new CallSum();
    Schedule schedule = new Schedule(program, crew);
    Replay loop = LoopSpecialiser.specialise(sum, schedule.channels(), false);
    long[][] blocks = program.newTables();
    schedule.run((thread, from, to) -> {
      sum.caller.get().beginStretch();
      Program part = program.program(thread);
      long home = thread == program.threads() ? 1 : thread + 1; // the opening has that of thread 0
      loop.replay(part.events(), part.wide(), from, to, blocks[thread], home);
    });
    return sum.callers.stream().mapToLong(caller -> caller.sum).sum();
  }

  /** A sum as reports show it: 16 hexadecimal digits. */
  public static String text(long sum) {
    return HexFormat.of().toHexDigits(sum);
  }

  private Caller join() {
    Caller joined = new Caller();
    callers.add(joined);
    return joined;
  }

  /** Stafford's mix 13. */
  private static long mix(long word) {
    long z = word + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  @Override
  public long malloc(long home, int slot, long size) {
    return caller.get().add(Program.MALLOC, home << HOME_SHIFT | slot, size);
  }

  @Override
  public long calloc(long home, int slot, long size) {
    return caller.get().add(Program.CALLOC, home << HOME_SHIFT | slot, size);
  }

  @Override
  public long aligned(long home, int slot, long alignment, long size) {
    return caller.get().add(Program.ALIGNED, home << HOME_SHIFT | slot, mix(alignment) + size);
  }

  @Override
  public long realloc(long address, long size) {
    return caller.get().add(Program.REALLOC, address, size);
  }

  @Override
  public void free(long address) {
    caller.get().add(Program.FREE, address, 0);
  }

  @Override
  public long usableSize(long address) {
    throw new UnsupportedOperationException("there are no blocks");
  }
}
