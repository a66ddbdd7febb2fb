package hak.bench.peer;

import hak.bench.measure.MemoryRound;
import hak.bench.replay.Crew;
import hak.bench.replay.Floor;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.trace.Program;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * One allocator in a JVM that replays on request.
 *
 * @param replayer its replay
 * @param memory its peak of resident memory
 */
record Target(Replayer replayer, PeakMemory memory) {
  /** The word for the loop with no allocator. */
  static final String FLOOR = "floor";

  /** The word for the C library's allocator. */
  static final String FFM = "ffm";

  /** Measures on request; nothing where that is not possible. */
  @FunctionalInterface
  interface PeakMemory {
    OptionalLong measure() throws IOException;
  }

  /** Prepares what a word asks for: {@link #FLOOR}, {@link #FFM} or a {@link StackSpec}. */
  static Target of(String word, Program program, Crew crew) {
    PeakMemory none = OptionalLong::empty;
    return switch (word) {
      case FLOOR -> new Target(new Floor(program, crew).replayer(), none);
      case FFM -> new Target(Replayer.on(FfmOperations.link(), program, crew), none);
      default -> stack(StackSpec.parse(word), program, crew);
    };
  }

  private static Target stack(StackSpec spec, Program program, Crew crew) {
    Replayer replayer = Replayer.on(new HakOperations(spec.open()), program, crew);
    return new Target(
        replayer,
        () -> {
          try (var fresh = spec.open()) {
            MemoryRound round = MemoryRound.measure(fresh, program, crew);
            return OptionalLong.of(round.peakBytes() - round.baselineBytes());
          }
        });
  }
}
