package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.spi.Option;
import java.util.List;

/**
 * After bench-malloc-simple of the GNU C library: some blocks of one size are allocated, then freed
 * in the same order; 25 of them, then 100, 400 and 1600.
 */
final class GlibcSimple implements WorkloadFamily {
  private static final List<Integer> BLOCKS = List.of(25, 100, 400, 1600);
  private static final Option THREADS = Parameters.copies();
  private static final Option SIZE =
      Option.bytes("size", 1, 1 << 20, 128, "The size of all blocks.");
  private static final Option REPETITIONS =
      Option.count("repetitions", "times", 1, 1 << 14, 500, "How often all of it is done.");

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "glibc-simple",
        null,
        "25 blocks of one size are allocated, then freed in the same order; then 100, 400 and"
            + " 1600.",
        ONE_CALL,
        List.of(THREADS, SIZE, REPETITIONS));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    ProgramBuilder builder = new ProgramBuilder(1 << 16);
    for (int i = 0; i < settings.get(REPETITIONS); i++) {
      for (int count : BLOCKS) {
        add(builder, count, settings.get(SIZE));
      }
    }
    Program program = builder.build();
    return ParallelProgram.copies(program, settings.get(THREADS));
  }

  private static void add(ProgramBuilder builder, int count, int size) {
    int[] blocks = new int[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = builder.malloc(size);
    }
    for (int block : blocks) {
      builder.free(block);
    }
  }
}
