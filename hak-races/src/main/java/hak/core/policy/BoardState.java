package hak.core.policy;

import hak.core.Policy;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.profile.check.Turnable;
import java.util.List;
import org.openjdk.jcstress.annotations.State;

/** The decisions of a stack, with an option that one learner turns and one that another does. */
@State
public class BoardState {
  static final String DELAY = StackOptions.path(StackOptions.PURGE_DELAY);
  static final String PART = StackOptions.path(StackOptions.BUDGET_SUPERSLABS);

  /** What holds before any decision. */
  static final long FIRST_DELAY = 1_000;

  static final long FIRST_PART = 50;

  private static final Profile PROFILE =
      Profile.ofTiers("race", List.of("tiny"))
          .with(StackOptions.PURGE_DELAY, FIRST_DELAY)
          .with(StackOptions.BUDGET_SUPERSLABS, FIRST_PART);

  final Policies policies = new Policies(PROFILE, Turnable.of(PROFILE.options()), _ -> List.of());

  /** Sets an option; the reason is the value, so that halves of two decisions do not fit. */
  void decide(String key, long value) {
    policies.decide(key, key, value, Long.toString(value));
  }

  /** What a policy says of an option: the value; -1 if it is half of a decision. */
  static long valueOf(Policy policy, String key) {
    for (Policy.Setting setting : policy.settings()) {
      if (setting.key().equals(key)) {
        return isWhole(setting) ? setting.number() : -1;
      }
    }
    return -1;
  }

  private static boolean isWhole(Policy.Setting setting) {
    return setting.by().equals(Snapshot.PROFILE)
        ? setting.reason().isEmpty()
        : setting.by().equals(setting.key())
            && setting.reason().equals(Long.toString(setting.number()));
  }
}
