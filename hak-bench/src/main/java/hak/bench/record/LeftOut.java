package hak.bench.record;

/**
 * What of a recording is not in the trace as it was.
 *
 * @param unknownEnds frees and reallocations of blocks whose allocation was not seen; left out, or
 *     an allocation
 * @param missedEnds blocks whose place was given out again though no free was seen; freed then
 * @param tooLarge blocks larger than a trace can tell; left out with all that happened to them
 * @param unfinished calls in which the process was killed, or stopped recording
 */
public record LeftOut(long unknownEnds, long missedEnds, long tooLarge, long unfinished) {
  /** How many calls and blocks in all. */
  public long total() {
    return unknownEnds + missedEnds + tooLarge + unfinished;
  }
}
