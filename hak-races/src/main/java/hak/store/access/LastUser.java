package hak.store.access;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A user comes and goes while the last handle is closed: one unmaps, and never under the user. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "One of them took the mapping away.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both did, or nobody, or it was used after that.")
@State
public class LastUser {
  private final Users users = new Users();
  private volatile boolean unmapped;
  private int byUser;
  private int byCloser;
  private int usedAfterUnmap;

  @Actor
  public void user() {
    if (users.enter()) {
      usedAfterUnmap = unmapped ? 1 : 0;
    }
    byUser = users.leave() ? 1 : 0;
  }

  @Actor
  public void closer() {
    byCloser = users.removeHandle() ? 1 : 0;
    unmapped = byCloser == 1;
  }

  @Arbiter
  public void end(II_Result r) {
    r.r1 = byUser + byCloser;
    r.r2 = usedAfterUnmap;
  }
}
