package hak.core.policy;

import hak.core.Policy;
import hak.core.policy.Snapshot.Decision;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** A learner has set an option of a running stack, or advises what to set in the next one. */
@Label("Policy Decision")
@Category({"HAK", "Allocator"})
@Description("A learner has set an option of a running stack, or advises it for the next one")
@StackTrace(false)
final class PolicyDecision extends Event {
  @Label("Stack")
  @Description("Its profile")
  String stack;

  @Label("Learner")
  String learner;

  @Label("Option")
  String option;

  @Label("Before")
  String before;

  @Label("After")
  String after;

  @Label("Advice")
  @Description("It is for the profile to open next; the stack is not set to it")
  boolean advice;

  @Label("Reason")
  String reason;

  private PolicyDecision() {}

  /** Tells of one. */
  static void tell(String profile, String key, Decision last, Decision next) {
    PolicyDecision event = new PolicyDecision();
    if (event.shouldCommit()) {
      event.before = last.turned().option().show(last.value());
      event.after = next.turned().option().show(next.value());
      event.tell(profile, key, next.by(), next.reason());
    }
  }

  /** Tells of an advice, and of the one that it replaces. */
  static void tell(String profile, Policy.Advice last, Policy.Advice next) {
    PolicyDecision event = new PolicyDecision();
    if (event.shouldCommit()) {
      event.before = last.value();
      event.after = next.value();
      event.advice = true;
      event.tell(profile, next.key(), next.by(), next.reason());
    }
  }

  private void tell(String profile, String key, String by, String why) {
    stack = profile;
    learner = by;
    option = key;
    reason = why;
    commit();
  }
}
