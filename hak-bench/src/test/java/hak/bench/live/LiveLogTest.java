package hak.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Ledger;
import hak.core.Policy;
import hak.core.profile.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveLogTest {
  private static final String KEY = "stack.purge-delay";
  private static final double MIB = 1 << 20;

  private static Policy policy(long generation, long delay, String by, String reason) {
    return new Policy(
        generation,
        Profile.ofTiers("p", List.of("tiny")),
        List.of(
            new Policy.Setting("stack.budget-superslabs", 50, "50 %", "", "the profile", ""),
            new Policy.Setting(KEY, delay, delay + " ms", "", by, reason)),
        List.of(learner(7, generation, 0, 1_000_000)));
  }

  private static Policy.Learner learner(long windows, long decisions, long failures, long nanos) {
    return new Policy.Learner(
        "x",
        List.of(KEY),
        List.of(),
        1_000,
        windows,
        decisions,
        failures,
        failures == 0 ? "" : "a.B",
        nanos);
  }

  private static Ledger holding(long bytes) {
    return new Ledger(0, 0, 0, 0, 0, 0, 0, bytes, bytes / 2, 0);
  }

  private static List<String> notes(Policy.Learner learner, double seconds, double mebibytes) {
    Policy policy =
        new Policy(0, Profile.ofTiers("p", List.of("tiny")), List.of(), List.of(learner));
    return LiveNotes.of(policy, seconds, (long) (mebibytes * MIB));
  }

  @Test
  void aChangeIsADecisionAndWhatWasReplacedIsCounted() {
    LiveLog log = new LiveLog(policy(0, 1_000, "the profile", ""));
    assertEquals(List.of(), log.decisions(0.5, policy(0, 1_000, "the profile", "")));
    LiveStep step = new LiveStep(1, 1, "x", KEY, "1000 ms", "2000 ms", "a");
    assertEquals(List.of(step), log.decisions(1, policy(1, 2_000, "x", "a")));
    assertEquals(0, log.unseen());
    LiveStep last = new LiveStep(2, 4, "x", KEY, "2000 ms", "2000 ms", "d");
    assertEquals(List.of(last), log.decisions(2, policy(4, 2_000, "x", "d")));
    assertEquals(List.of(step, last), log.steps());
    assertEquals(2, log.unseen(), "generations 2 and 3");
  }

  @Test
  void anAdviceIsADecision() {
    String key = "stack.tiers";
    Policy first = policy(0, 1_000, "the profile", "");
    Policy.Advice none = new Policy.Advice(key, "tiny", "tiny", "the profile", "");
    Policy.Advice advice = new Policy.Advice(key, "tiny", "tiny, mid", "x", "a");
    LiveLog log = new LiveLog(with(first, none));
    assertEquals(
        List.of(new LiveStep(1, 1, "x", "next time " + key, "tiny", "tiny, mid", "a")),
        log.decisions(1, with(policy(1, 1_000, "the profile", ""), advice)));
    assertEquals(0, log.unseen());
  }

  private static Policy with(Policy policy, Policy.Advice advice) {
    return new Policy(
        policy.generation(),
        policy.profile(),
        policy.settings(),
        policy.learners(),
        List.of(advice),
        policy.profile());
  }

  @Test
  void aSampleHasWhatIsTurnedAndTheSpeedSinceTheOneBefore() {
    LiveLog log = new LiveLog(policy(0, 1_000, "the profile", ""));
    log.sample(1, holding(64 << 20), 10);
    log.decisions(3, policy(1, 2_000, "x", "a"));
    log.sample(3, holding(32 << 20), 50);
    assertEquals(
        List.of(
            new LiveSample(1, 0, 7, 1_000_000, 32 << 20, 10, List.of(1_000L)),
            new LiveSample(3, 1, 7, 1_000_000, 16 << 20, 20, List.of(2_000L))),
        log.samples());
    assertEquals(32 << 20, log.mostResidentBytes());
  }

  @Test
  void notesSayWhyNothingHappened() {
    assertEquals(
        List.of("x had no window: its window is 1,000 ms, and the run took 0.5 s"),
        notes(learner(0, 0, 0, 0), 0.5, 100));
    assertEquals(
        List.of(
            "x had no window: the stack never held more than 16 MiB when one was due, and has none"
                + " then; 3.5 MiB of it were resident at most"),
        notes(learner(0, 0, 0, 0), 5, 3.5));
    assertEquals(
        List.of(
            "x decided nothing in 5 windows: what the profile says is still in force; a longer run"
                + " may show it more"),
        notes(learner(5, 0, 0, 0), 5, 100));
  }

  @Test
  void notesNameWhatFailsAndWhatTakesLong() {
    assertEquals(
        List.of("x failed in 4 of 5 windows, the last time with a.B"),
        notes(learner(5, 0, 4, 50_000_000), 5, 100));
    assertEquals(
        List.of("x spent 2.0 % of the time in its windows; a longer window costs less"),
        notes(learner(5, 1, 0, 100_000_000), 5, 100));
    assertEquals(List.of(), notes(learner(5, 1, 0, 50_000_000), 5, 100));
  }
}
