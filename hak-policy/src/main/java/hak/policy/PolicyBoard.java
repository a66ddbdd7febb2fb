package hak.policy;

import hak.core.profile.Profile;
import java.util.Map;

/**
 * Where the policy that holds is read, and where the next one is put.
 *
 * <h2>Concurrency</h2>
 *
 * A policy is published by one volatile write and read by one volatile read, so what a reader gets
 * is whole, and was checked before. A reader keeps what it got for the time of one operation, which
 * so sees one generation from its begin to its end; who holds an old policy holds it as long as it
 * likes, for nothing is overwritten and the garbage collector frees it. (HAKMEM overwrote its
 * policy in place, under readers.) Writers take turns: generations have no gaps and no two are
 * alike.
 *
 * <p>Generations rise, so who has copied values of a policy knows by one comparison that they are
 * old.
 */
public final class PolicyBoard {
  private volatile FrozenPolicy current;

  /** With a policy. */
  public PolicyBoard(FrozenPolicy first) {
    current = first;
  }

  /** The policy that holds. Any thread; one volatile read. */
  public FrozenPolicy current() {
    return current;
  }

  /**
   * Puts the next policy in the place of the one that holds. Any thread.
   *
   * @param reasons as in {@link FrozenPolicy}; those of the one before are not carried on
   * @return it, with the generation after that of the one before
   * @throws hak.core.profile.ProfileException naming every value that is not allowed; the one
   *     before still holds
   * @throws IllegalArgumentException if a reason has a line break; the one before still holds
   */
  public synchronized FrozenPolicy publish(Profile profile, Map<String, String> reasons) {
    FrozenPolicy next = new FrozenPolicy(current.generation() + 1, profile, reasons);
    current = next;
    return next;
  }
}
