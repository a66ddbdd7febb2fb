package hak.core.policy;

import hak.core.policy.Snapshot.Decision;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** A learner has set an option of a running stack. */
@Label("Policy Decision")
@Category({"HAK", "Allocator"})
@Description("A learner has set an option of a running stack")
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

  @Label("Reason")
  String reason;

  private PolicyDecision() {}

  /** Tells of one. */
  static void tell(String profile, String key, Decision last, Decision next) {
    PolicyDecision event = new PolicyDecision();
    if (event.shouldCommit()) {
      event.stack = profile;
      event.learner = next.by();
      event.option = key;
      event.before = last.turned().option().show(last.value());
      event.after = next.turned().option().show(next.value());
      event.reason = next.reason();
      event.commit();
    }
  }
}
