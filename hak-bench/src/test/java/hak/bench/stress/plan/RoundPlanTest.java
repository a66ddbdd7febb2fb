package hak.bench.stress.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hak.bench.Progress;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundPlanTest {
  private static final int ROUNDS = 200;

  private static StressRequest request(CloseTime close) {
    StressPlan plan =
        new StressPlan(
            1,
            0,
            close,
            StressPlan.LEAST_MEMORY_BYTES,
            Duration.ofMillis(1),
            Duration.ofSeconds(1));
    return new StressRequest(StressProfiles.all(), null, ROUNDS, plan, Progress.NONE, (_, _) -> {});
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -100, Long.MAX_VALUE - 100, 4711})
  void everyProfileHasRoundsOfEveryKind(long first) {
    StressRequest request = request(CloseTime.RACING);
    Map<String, Set<RoundKind>> kinds = new TreeMap<>();
    for (long seed = first; seed != first + ROUNDS; seed++) {
      RoundPlan plan = RoundPlan.of(request, seed);
      assertEquals((seed & 1) != 0, plan.kind() == RoundKind.RACING, "they alternate");
      kinds
          .computeIfAbsent(plan.profile().name(), _ -> EnumSet.noneOf(RoundKind.class))
          .add(plan.kind());
    }
    assertEquals(StressProfiles.all().size(), kinds.size());
    kinds.values().forEach(each -> assertEquals(EnumSet.allOf(RoundKind.class), each));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 101})
  void noneRacesWhenNoneShall(long first) {
    StressRequest request = request(CloseTime.BETWEEN);
    for (long seed = first; seed < first + ROUNDS; seed++) {
      assertNotEquals(RoundKind.RACING, RoundPlan.of(request, seed).kind());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {12, 12 + 14})
  void aFullRegionIsTheSmallest(long seed) {
    Profile profile = RoundPlan.of(request(CloseTime.RACING), seed).profile();
    long usable = profile.options().regionBytes() - profile.options().startBytes();
    assertEquals(StackOptions.REGION.min(), usable);
  }

  @ParameterizedTest
  @EnumSource
  void closeTimesHaveNames(CloseTime close) {
    assertEquals(close, CloseTime.of(close.toString()));
  }
}
