package hak.bench.peer;

import hak.bench.process.JavaCommand;
import hak.bench.trace.Program;
import java.nio.file.Path;
import java.util.ArrayList;
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
    return start("floor in Java", program, programFile, threads, List.of(Target.FLOOR));
  }

  /** A JVM that calls the C library's allocator through FFM. */
  public static Contestant ffm(Program program, Path programFile, int threads) {
    return start("malloc through FFM", program, programFile, threads, List.of(Target.FFM));
  }

  /** A JVM with one or more stacks. */
  public static Contestant stacks(
      List<StackSpec> stacks, Program program, Path programFile, int threads) {
    List<String> words = stacks.stream().map(StackSpec::toString).toList();
    return start("HAK " + words, program, programFile, threads, words);
  }

  private static Contestant start(
      String name, Program program, Path programFile, int threads, List<String> targets) {
    List<String> arguments = new ArrayList<>();
    arguments.add(programFile.toString());
    arguments.add(Integer.toString(threads));
    arguments.addAll(targets);
    List<String> command =
        JavaCommand.of(
            ReplayMain.class,
            heapMebibytes(program, threads),
            List.of(),
            "hak.core,hak.bench",
            arguments);
    return Contestant.start(name, command, Map.of());
  }

  /** Room for the program, its clipped copy and the tables, and as much again. */
  private static long heapMebibytes(Program program, int threads) {
    long programBytes = (long) Long.BYTES * program.events().length * PROGRAM_COPIES;
    long tableBytes = (long) Long.BYTES * program.slots() * threads * PROGRAM_COPIES;
    return SMALLEST_HEAP_MEBIBYTES + ((programBytes + tableBytes) >> 20);
  }
}
