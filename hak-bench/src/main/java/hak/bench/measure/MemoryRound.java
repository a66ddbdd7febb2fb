package hak.bench.measure;

import hak.bench.replay.Crew;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.core.HakAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Resident memory of a stack over one replay.
 *
 * @param baselineBytes before the first event
 * @param peakBytes the highest of samples every {@link Replayer#CHUNK_EVENTS} events
 * @param finalBytes after all blocks are freed
 * @param overTime at most 128 of the samples in order, each the highest of its stretch
 */
public record MemoryRound(
    long baselineBytes, long peakBytes, long finalBytes, List<Long> overTime) {
  private static final int MOST_POINTS = 128;
  private static final int SAMPLING_THREAD = 0;

  /**
   * Replays on a fresh stack. With several threads one samples at its own events, while the others
   * go on.
   *
   * @throws IOException where the kernel does not tell
   */
  public static MemoryRound measure(HakAllocator stack, ParallelProgram program, Crew crew)
      throws IOException {
    ResidentMemory memory = new ResidentMemory(stack);
    Replayer replayer = Replayer.on(memory.operations(), program, crew);
    long baseline = memory.sample();
    List<Long> samples = new ArrayList<>();
    replayer.replay(thread -> {
      if (thread == SAMPLING_THREAD) {
        samples.add(sample(memory));
      }
    });
    replayer.freeLeftover();
    long peak = samples.stream().mapToLong(Long::longValue).max().orElse(0);
    return new MemoryRound(
        baseline, Math.max(baseline, peak), memory.sample(), highestOfStretches(samples));
  }

  private static List<Long> highestOfStretches(List<Long> samples) {
    int points = Math.min(MOST_POINTS, samples.size());
    return IntStream.range(0, points)
        .mapToObj(point ->
            samples
                .subList(
                    (int) ((long) point * samples.size() / points),
                    (int) ((point + 1L) * samples.size() / points))
                .stream()
                .max(Long::compare)
                .orElseThrow())
        .toList();
  }

  private static long sample(ResidentMemory memory) {
    try {
      return memory.sample();
    } catch (IOException e) {
      return 0;
    }
  }
}
