package hak.bench.peer;

import hak.bench.process.JavaCommand;
import hak.bench.process.JsonLine;
import hak.bench.trace.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts JVMs that replay: this JVM's version, modules and class path, a heap of fixed size, no
 * collector threads.
 */
public final class JavaReplay {
  private static final long SMALLEST_HEAP_MEBIBYTES = 256;
  private static final int PROGRAM_COPIES = 3;

  private JavaReplay() {}

  /** A JVM with the floor. */
  public static Contestant floor(Program program, Path programFile, int threads) {
    return start("floor in Java", program, programFile, threads, List.of(TargetOrder.FLOOR));
  }

  /** A JVM that calls the C library's allocator through FFM. */
  public static Contestant ffm(Program program, Path programFile, int threads) {
    return start("malloc through FFM", program, programFile, threads, List.of(TargetOrder.FFM));
  }

  /** A JVM with one or more stacks. */
  public static Contestant stacks(
      List<StackSpec> stacks, Program program, Path programFile, int threads) {
    List<TargetOrder> targets = stacks.stream().map(TargetOrder::of).toList();
    return start("HAK " + stacks, program, programFile, threads, targets);
  }

  private static Contestant start(
      String name, Program program, Path programFile, int threads, List<TargetOrder> targets) {
    ReplayOrder order = new ReplayOrder(programFile.toString(), threads, targets);
    List<String> command =
        JavaCommand.of(
            ReplayMain.class,
            heapMebibytes(program, threads),
            List.of(),
            "hak.core,hak.bench",
            List.of(JsonLine.of(order)));
    return Contestant.start(name, command, Map.of());
  }

  /** Room for the program, its clipped copy and the tables, and as much again. */
  private static long heapMebibytes(Program program, int threads) {
    long programBytes = (long) Long.BYTES * program.events().length * PROGRAM_COPIES;
    long tableBytes = (long) Long.BYTES * program.slots() * threads * PROGRAM_COPIES;
    return SMALLEST_HEAP_MEBIBYTES + ((programBytes + tableBytes) >> 20);
  }
}
