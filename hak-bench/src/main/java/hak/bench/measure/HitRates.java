package hak.bench.measure;

import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.LayerCount;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.List;
import java.util.function.Consumer;

/** What each layer of a stack does in one replay. */
public final class HitRates {
  private static final String METRICS = "front-metrics";

  private HitRates() {}

  /** Replays on a fresh stack with an observer that counts; null if there is no such box. */
  public static List<LayerCount> measure(Profile profile, ParallelProgram program, Crew crew) {
    return measure(profile, program, crew, _ -> {});
  }

  /**
   * As {@link #measure(Profile, ParallelProgram, Crew)}; a reader gets the stack before it is
   * closed.
   */
  public static List<LayerCount> measure(
      Profile profile, ParallelProgram program, Crew crew, Consumer<HakAllocator> reader) {
    boolean canCount = Hak.boxes().stream().anyMatch(box -> box.id().equals(METRICS));
    if (!canCount) {
      return null;
    }
    try (HakAllocator stack =
        Hak.open(profile.has(METRICS) ? profile : profile.withMore(Section.OBSERVERS, METRICS))) {
      Replayer replayer = Replayer.on(new HakOperations(stack), program, crew);
      replayer.replay(Replayer.UNWATCHED);
      List<LayerCount> counts = stack.counts();
      reader.accept(stack);
      replayer.freeLeftover();
      return counts;
    }
  }
}
