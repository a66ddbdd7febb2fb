package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.spi.Option;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Written from the description of MicroQuill's sh6bench: groups of blocks of one size each, some
 * freed in the order of their allocation and some in reverse, some at once and some much later.
 */
final class Sh6 implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 20;
  private static final int GROUP_BLOCKS = 64;
  private static final int LATE_GROUPS = 32;

  /** One group of so many is freed late. */
  private static final int LATE = 4;

  private static final Option THREADS = Parameters.threads("Each with blocks of its own.");
  private static final Option GROUPS =
      Option.count("groups", "groups", 1, 1 << 20, 1 << 13, "Groups of 64 blocks of each thread.");
  private static final Option MIN = Parameters.min(MOST_BYTES, 1);
  private static final Option MAX = Parameters.max(MOST_BYTES, 1000);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "sh6",
        null,
        "Each thread allocates groups of 64 blocks of one size and frees them in the same or in the"
            + " reverse order, at once or 32 late groups later.",
        ONE_CALL,
        List.of(THREADS, GROUPS, MIN, MAX));
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, MIN, MAX);
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    SizeRange sizes = SizeRange.of(settings, MIN, MAX);
    return WorkloadFamily.apart(
        settings.get(THREADS), random -> draw(settings.get(GROUPS), sizes, random));
  }

  private static Program draw(int groups, SizeRange sizes, SplittableRandom random) {
    ProgramBuilder builder = new ProgramBuilder(1 << 16);
    Deque<int[]> late = new ArrayDeque<>();
    for (int i = 0; i < groups; i++) {
      int[] group = group(builder, sizes.draw(random));
      if (random.nextInt(LATE) != 0) {
        free(builder, group, random.nextBoolean());
        continue;
      }
      late.add(group);
      if (late.size() > LATE_GROUPS) {
        free(builder, late.removeFirst(), random.nextBoolean());
      }
    }
    return builder.build();
  }

  private static int[] group(ProgramBuilder builder, int size) {
    int[] group = new int[GROUP_BLOCKS];
    for (int i = 0; i < GROUP_BLOCKS; i++) {
      group[i] = builder.malloc(size);
    }
    return group;
  }

  private static void free(ProgramBuilder builder, int[] group, boolean inReverse) {
    for (int i = 0; i < GROUP_BLOCKS; i++) {
      builder.free(group[inReverse ? GROUP_BLOCKS - 1 - i : i]);
    }
  }
}
