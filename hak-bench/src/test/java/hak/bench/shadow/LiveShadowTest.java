package hak.bench.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.ShadowCount;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.learn.cache.CacheCounts;
import hak.learn.cache.CacheShadow;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the box cache-shadow says of live stacks, beside the exact form of the same caches. */
class LiveShadowTest {
  private static final int[] CAPACITIES = {8, 32, 128};

  /** How far a rate of calls that were looked at, in a hundred bursts, may be beside all calls. */
  private static final double ERROR = 0.03;

  private static Profile profile(String base, long burst, long interval) {
    return Hak.profile(base)
        .withMore(Section.OBSERVERS, "cache-shadow")
        .withSetting("cache-shadow", "capacities", List.of("8", "32", "128"))
        .withSetting("cache-shadow", "bytes", CacheTable.of(Hak.profile(base)).bytesOfClass())
        .withSetting("cache-shadow", "burst", burst)
        .withSetting("cache-shadow", "interval", interval);
  }

  private static List<ShadowCount> live(Profile profile, ParallelProgram program) {
    try (Crew crew = new Crew(program.threads());
        HakAllocator stack = Hak.open(profile)) {
      Replayer replayer = Replayer.on(new HakOperations(stack), program, crew);
      replayer.replay(Replayer.UNWATCHED);
      List<ShadowCount> shadows = stack.shadows();
      replayer.freeLeftover();
      return shadows;
    }
  }

  private static CacheShadow exact(Profile profile, ParallelProgram program) {
    CacheTable table = CacheTable.of(profile);
    CacheShadow shadow = table.shadow(CAPACITIES);
    CallWalk.walk(program, table.classes(), WhatIf.callsTo(shadow));
    return shadow;
  }

  /** A burst without an end, from a thread's first call on, sees what the exact form sees. */
  @ParameterizedTest
  @ValueSource(strings = {"default", "bare"})
  void oneBurstWithoutAnEndIsTheExactForm(String base) {
    Profile profile = profile(base, 1 << 30, 1);
    ParallelProgram program = Workload.shipped("jvm-javac", 1).program();
    CacheShadow exact = exact(profile, program);
    List<ShadowCount> live = live(profile, program);
    for (int k = 0; k < CAPACITIES.length; k++) {
      CacheCounts counts = exact.counts(k);
      ShadowCount shadow = live.get(k);
      assertEquals(CAPACITIES[k], shadow.capacity());
      assertEquals(counts.allocations(), shadow.allocations());
      assertEquals(counts.frees(), shadow.frees());
      assertEquals(counts.hits(), shadow.hitsAtLeast());
      assertEquals(counts.hits(), shadow.hitsAtMost());
      assertEquals(counts.taken(), shadow.takenAtLeast());
      assertEquals(counts.taken(), shadow.takenAtMost());
    }
  }

  /** Of nine calls one is looked at: the rates of all calls are within the ranges. */
  @ParameterizedTest
  @CsvSource({"lua", "sqlite", "cc1plus", "python", "node"})
  void burstsTellTheRatesOfRealPrograms(String trace) {
    Profile profile = profile("default", 512, 4_000);
    ParallelProgram program = Workload.shipped(trace, 1).program();
    CacheShadow exact = exact(profile, program);
    List<ShadowCount> live = live(profile, program);
    for (int k = 0; k < CAPACITIES.length; k++) {
      CacheCounts counts = exact.counts(k);
      ShadowCount shadow = live.get(k);
      String said = trace + ": " + shadow + ", all: " + counts;
      long looked = shadow.allocations() + shadow.frees();
      assertTrue(looked > counts.calls() / 40 && looked < counts.calls() / 6, said);
      assertWithin(
          counts.hitRate(), shadow.hitsAtLeast(), shadow.hitsAtMost(), shadow.allocations(), said);
      assertWithin(
          counts.takenRate(), shadow.takenAtLeast(), shadow.takenAtMost(), shadow.frees(), said);
    }
  }

  private static void assertWithin(double rate, long least, long most, long of, String said) {
    assertTrue((double) least / of <= rate + ERROR, said);
    assertTrue((double) most / of >= rate - ERROR, said);
  }
}
