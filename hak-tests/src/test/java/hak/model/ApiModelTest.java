package hak.model;

import hak.core.Hak;
import hak.core.HakAllocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What holds for every sequence of calls of the public API, on every shipped profile but the one
 * without safety: nothing overlaps, contents stay, what is promised to be zero is, everything is
 * aligned and long enough, stale segments are told, and in the end the books and the heap walker
 * find exactly what is in somebody's hands. Steps of three threads, which hand blocks to each
 * other; trims between them.
 *
 * <p>{@code -Dhak.model.seconds=600} goes on for so long with steps at random; a sequence that
 * fails is named by its seed.
 */
class ApiModelTest {
  private static final long SECONDS = Long.getLong("hak.model.seconds", 4);
  private static final int STEPS = 400;

  /** Sizes around which something changes in one geometry or another. */
  private static final List<Long> BOUNDARIES =
      LongStream.of(0, 8, 16, 1 << 10, 8 << 10, 32 << 10, 64 << 10, 256 << 10, 2 << 20)
          .flatMap(size -> LongStream.of(Math.max(0, size - 1), size, size + 1))
          .boxed()
          .toList();

  private static List<String> safeProfiles() {
    return Hak.profiles().stream().filter(name -> !name.equals("bench")).toList();
  }

  @Provide
  Arbitrary<String> profiles() {
    return Arbitraries.of(safeProfiles());
  }

  /** Scripts with small sizes more often than large ones. */
  @Provide
  Arbitrary<List<Step>> scripts() {
    Arbitrary<Long> sizes =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of(BOUNDARIES)),
            Tuple.of(10, Arbitraries.longs().between(0, 128)),
            Tuple.of(10, Arbitraries.longs().between(0, 4_097)),
            Tuple.of(8, Arbitraries.longs().between(0, 270_000)),
            Tuple.of(3, Arbitraries.longs().between(0, 2_100_000)),
            Tuple.of(1, Arbitraries.longs().between(0, Step.MOST_BYTES)));
    Arbitrary<Step.Kind> kinds =
        Arbitraries.of(
            Stream.of(Step.Kind.values())
                .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
                .toList());
    Arbitrary<Integer> actors = Arbitraries.integers().between(0, Cast.SIZE - 1);
    Arbitrary<Integer> picks = Arbitraries.integers().between(0, 1 << 20);
    return Combinators.combine(kinds, actors, sizes, picks).as(Step::new).list().ofMaxSize(STEPS);
  }

  @Property(tries = 90, edgeCases = EdgeCasesMode.NONE)
  void anySequenceOfCallsKeepsEverything(
      @ForAll("profiles") String profile, @ForAll("scripts") List<Step> script) {
    try (HakAllocator allocator = Hak.open(profile);
        Cast cast = new Cast(allocator)) {
      cast.play(script);
      cast.finish();
    }
  }

  @Example
  void threadsThatCallAtOnceKeepEverything() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    List<String> profiles = safeProfiles();
    long seed = System.nanoTime();
    do {
      playAtOnce(profiles.get((int) Math.floorMod(seed, (long) profiles.size())), seed);
      seed++;
    } while (System.nanoTime() - deadline < 0);
  }

  private static void playAtOnce(String profile, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Step>> scripts = new ArrayList<>();
    for (int actor = 0; actor < Cast.SIZE; actor++) {
      List<Step> script = new ArrayList<>();
      for (int i = 0; i < STEPS; i++) {
        script.add(Step.random(random, actor));
      }
      scripts.add(script);
    }
    try (HakAllocator allocator = Hak.open(profile);
        Cast cast = new Cast(allocator)) {
      cast.playAtOnce(scripts);
      cast.finish();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("profile '" + profile + "', seed " + seed + ": " + e, e);
    }
  }
}
