package hak.bench.live;

/**
 * A decision of a learner.
 *
 * @param seconds when it was seen, since the begin of the run
 * @param generation how many decisions there had been then
 * @param learner who decided
 * @param key what was set; after {@link #NEXT_TIME} what is advised for the next stack
 * @param before the value before, as a profile would write it
 * @param value the value from then on
 * @param reason why, with the figures
 */
public record LiveStep(
    double seconds,
    long generation,
    String learner,
    String key,
    String before,
    String value,
    String reason) {
  /** In front of a key that the stack is not set to. */
  public static final String NEXT_TIME = "next time ";
}
