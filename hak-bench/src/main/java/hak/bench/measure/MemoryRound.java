package hak.bench.measure;

import hak.bench.replay.Crew;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.core.HakAllocator;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Resident memory of a stack over one replay.
 *
 * @param baselineBytes before the first event
 * @param peakBytes the highest of samples every {@link Replayer#CHUNK_EVENTS} events
 * @param finalBytes after all blocks are freed
 */
public record MemoryRound(long baselineBytes, long peakBytes, long finalBytes) {
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
    AtomicLong peak = new AtomicLong(baseline);
    replayer.replay(thread -> {
      if (thread == SAMPLING_THREAD) {
        peak.accumulateAndGet(sample(memory), Math::max);
      }
    });
    replayer.freeLeftover();
    return new MemoryRound(baseline, peak.get(), memory.sample());
  }

  private static long sample(ResidentMemory memory) {
    try {
      return memory.sample();
    } catch (IOException e) {
      return 0;
    }
  }
}
