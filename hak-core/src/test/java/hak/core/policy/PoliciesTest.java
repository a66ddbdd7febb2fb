package hak.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Policy;
import hak.core.close.OpenState;
import hak.core.memory.MemoryLimit;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.profile.check.Turnable;
import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {
  private static final String KEY = "stack.purge-delay";

  private final Profile profile =
      Profile.ofTiers("p", List.of("tiny"))
          .with(StackOptions.PURGE_DELAY, 1_000)
          .with(Section.LEARNERS, List.of("x"));

  private final Policies policies =
      new Policies(profile, Turnable.of(profile.options()), _ -> List.of());
  private final LongSupplier delay = policies.valueOf(StackOptions.PURGE_DELAY);

  @Test
  void beginsWithWhatTheProfileSays() {
    assertEquals(1_000, delay.getAsLong());
    Policy policy = policies.view();
    assertEquals(0, policy.generation());
    assertEquals(profile.with(Section.LEARNERS, List.of()), policy.profile());
    assertEquals(
        String.format(
            "stack.budget-superslabs = 50 %% (0 %% .. 100 %%), by the profile%n"
                + "stack.purge-delay = 1000 ms (0 ms .. 3600000 ms), by the profile%n"),
        policy.explain());
  }

  @Test
  void aDecisionHoldsAtOnceAndHasItsReason() {
    Policy before = policies.view();
    policies.decide("x", KEY, 2_000, "3 of 4 pages came back");
    assertEquals(2_000, delay.getAsLong());
    Policy after = policies.view();
    assertEquals(1, after.generation());
    assertEquals(2_000, after.profile().options().purgeDelayMillis());
    assertEquals(
        String.format(
            "stack.budget-superslabs = 50 %% (0 %% .. 100 %%), by the profile%nstack.purge-delay ="
                + " 2000 ms (0 ms .. 3600000 ms), by x: 3 of 4 pages came back%n"),
        after.explain());
    assertEquals(1_000, before.settings().getLast().number(), "a view does not change");
  }

  @Test
  void theSameForTheSameReasonIsNoDecision() {
    assertTrue(policies.decide("x", KEY, 2_000, "a"));
    assertFalse(policies.decide("x", KEY, 2_000, "a"));
    assertEquals(1, policies.view().generation());
    assertTrue(policies.decide("x", KEY, 2_000, "b"));
    assertEquals(2, policies.view().generation());
  }

  @Test
  void whatIsNotAllowedIsRefusedAndWhatHoldsStays() {
    assertEquals(
        "stack.purge-delay: -1 is not allowed: a number of ms from 0 to 3600000, such as \"0 ms\"",
        refusal(KEY, -1, "a"));
    refusal(KEY, StackOptions.PURGE_DELAY.max() + 1, "a");
    assertEquals(
        "'stack.purge' cannot be set while a stack runs; there are stack.budget-superslabs,"
            + " stack.purge-delay",
        refusal("stack.purge", 1, "a"));
    refusal(KEY, 1, "");
    refusal(KEY, 1, "two\nlines");
    assertEquals(1_000, delay.getAsLong());
    assertEquals(0, policies.view().generation());
  }

  @Test
  void anOptionOfABoxIsSetInItsTable() {
    Option option = Option.count("w-max", "%", 100, 200, 100, "A number.");
    Turnable turnable = new Turnable("tier.mid.w-max", "mid", option, 100);
    Policies more = new Policies(profile, List.of(turnable), _ -> List.of());
    LongSupplier held = more.valueOf("tier.mid.w-max").orElseThrow();
    assertEquals(profile.with(Section.LEARNERS, List.of()), more.view().profile());
    more.decide("x", "tier.mid.w-max", 150, "a");
    assertEquals(150, held.getAsLong());
    assertEquals(Map.of("w-max", 150L), more.view().profile().settings("mid"));
    assertEquals(
        String.format("tier.mid.w-max = 150 %% (100 %% .. 200 %%), by x: a%n"),
        more.view().explain());
    assertEquals(
        "tier.mid.w-max: 201 is not allowed: a number of % from 100 to 200, such as \"100 %\"",
        assertThrows(
                IllegalArgumentException.class, () -> more.decide("x", "tier.mid.w-max", 201, "a"))
            .getMessage());
    assertEquals(Optional.empty(), more.valueOf(KEY));
    assertEquals(150, held.getAsLong());
  }

  private String refusal(String key, long value, String reason) {
    return assertThrows(
            IllegalArgumentException.class, () -> policies.decide("x", key, value, reason))
        .getMessage();
  }

  @Test
  void readersSeeGenerationsRiseAndWritersLoseNone() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String name = "writer " + i;
      writers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int value = 1; value <= 5_000; value++) {
                  policies.decide(name, KEY, value, name + " " + value);
                }
              }));
    }
    long last = 0;
    while (writers.stream().anyMatch(Thread::isAlive)) {
      Policy policy = policies.view();
      assertTrue(policy.generation() >= last);
      last = policy.generation();
      Policy.Setting setting = policy.settings().getLast();
      assertEquals(setting.number(), policy.profile().options().purgeDelayMillis());
      if (last > 0) {
        assertEquals(setting.by() + " " + setting.number(), setting.reason());
      }
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertEquals(10_000, policies.view().generation());
  }

  private static final String TIERS = "stack.tiers";

  private Policies advising(Function<Profile, List<Problem>> check) {
    Policies advising = new Policies(profile, Turnable.of(profile.options()), check);
    advising.add(
        new Learning(
            new Learning.Subject("x", new Idle(), Set.of(), Set.of(TIERS)),
            advising,
            new OpenState("p"),
            MemoryLimit.none(),
            Arena.ofAuto()));
    return advising;
  }

  /** A learner that is never called here. */
  private record Idle() implements Learner {
    @Override
    public long windowMillis() {
      return 1;
    }

    @Override
    public void window(LearningWindow window) {
      throw new AssertionError("nobody keeps house");
    }
  }

  @Test
  void whatIsAdvisedIsInTheNextProfileAndHoldsNot() {
    Policies advising = advising(_ -> List.of());
    assertEquals(
        List.of(new Policy.Advice(TIERS, "tiny", "tiny", "the profile", "")),
        advising.view().advice());
    assertEquals(advising.view().profile(), advising.view().next());
    Map<String, Object> values =
        Map.of(TIERS, List.of("tiny", "mid"), "tier.tiny.largest", "256 B");
    assertTrue(advising.advise("x", TIERS, values, "few are large"));
    Policy policy = advising.view();
    assertEquals(1, policy.generation());
    assertEquals(
        List.of(new Policy.Advice(TIERS, "tiny", "tiny, mid", "x", "few are large")),
        policy.advice());
    assertEquals(profile.with(Section.LEARNERS, List.of()), policy.profile());
    assertEquals(
        profile
            .with(Section.LEARNERS, List.of())
            .with(Section.TIERS, List.of("tiny", "mid"))
            .withSetting("tiny", "largest", "256 B"),
        policy.next());
    assertTrue(
        policy.explain().contains("next time stack.tiers = tiny, mid (now tiny), by x: few are"),
        policy::explain);
    advising.decide("x", KEY, 2_000, "a");
    assertEquals(2_000, advising.view().next().options().purgeDelayMillis());
    assertEquals("tiny, mid", advising.view().advice().getFirst().value(), "it stays");
  }

  @Test
  void anAdviceIsTakenBackByNone() {
    Policies advising = advising(_ -> List.of());
    advising.advise("x", TIERS, Map.of(TIERS, List.of("mid")), "a");
    assertFalse(advising.advise("x", TIERS, Map.of(TIERS, List.of("mid")), "a"), "the same");
    assertTrue(advising.advise("x", TIERS, Map.of(), "it does not last"));
    Policy policy = advising.view();
    assertEquals(2, policy.generation());
    assertEquals(policy.profile(), policy.next());
    assertFalse(policy.advice().getFirst().isChange());
    assertEquals("it does not last", policy.advice().getFirst().reason());
  }

  @Test
  void whatCannotBeOpenedIsNotAdvised() {
    Policies advising =
        advising(next ->
            next.boxes(Section.TIERS).contains("mid")
                ? List.of()
                : List.of(new Problem(TIERS, "no mid")));
    Map<String, Object> good = Map.of(TIERS, List.of("mid"));
    advising.advise("x", TIERS, good, "a");
    Policy before = advising.view();
    for (Map<String, Object> bad :
        List.<Map<String, Object>>of(
            Map.of(TIERS, List.of("tiny")),
            Map.of(TIERS, "mid"),
            Map.of("tier.mid.largest", 1L),
            Map.of(TIERS, List.of("mid"), "no.such.key", 1L),
            Map.of(TIERS, List.of("mid"), "stack.limit", 1L))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> advising.advise("x", TIERS, bad, "a"),
          bad::toString);
    }
    assertThrows(IllegalArgumentException.class, () -> advising.advise("x", TIERS, good, " "));
    assertEquals(before, advising.view());
  }

  @Test
  void flightRecorderHearsOfAdvice(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("advice.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      advising(_ -> List.of()).advise("x", TIERS, Map.of(TIERS, List.of("tiny", "mid")), "because");
      recording.stop();
      recording.dump(file);
    }
    RecordedEvent event =
        RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getEventType().getName().equals(PolicyDecision.class.getName()))
            .findFirst()
            .orElseThrow();
    assertTrue(event.getBoolean("advice"));
    assertEquals(
        List.of("p", "x", TIERS, "tiny", "tiny, mid", "because"),
        List.of(
            event.getString("stack"),
            event.getString("learner"),
            event.getString("option"),
            event.getString("before"),
            event.getString("after"),
            event.getString("reason")));
  }

  @Test
  void flightRecorderHearsOfDecisions(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("decisions.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      policies.decide("x", KEY, 4_000, "because");
      recording.stop();
      recording.dump(file);
    }
    assertTrue(Files.size(file) > 0);
    RecordedEvent event =
        RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getEventType().getName().equals(PolicyDecision.class.getName()))
            .findFirst()
            .orElseThrow();
    assertEquals(
        Map.of(
            "stack", "p",
            "learner", "x",
            "option", KEY,
            "before", "1000 ms",
            "after", "4000 ms",
            "reason", "because"),
        Map.of(
            "stack", event.getString("stack"),
            "learner", event.getString("learner"),
            "option", event.getString("option"),
            "before", event.getString("before"),
            "after", event.getString("after"),
            "reason", event.getString("reason")));
  }
}
