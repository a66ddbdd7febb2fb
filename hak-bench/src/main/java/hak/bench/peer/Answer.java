package hak.bench.peer;

/**
 * What a {@link Contestant} answers; what it was not asked for, or does not know, is null.
 *
 * @param nanos wall time of a round
 * @param peakBytes peak of resident bytes less those before the first event
 * @param callSum checksum of the calls of a round
 */
record Answer(Long nanos, Long peakBytes, Long callSum) {
  static final Answer DONE = new Answer(null, null, null);

  static Answer ofRound(long nanos) {
    return new Answer(nanos, null, null);
  }

  /** Null where it is not known. */
  static Answer ofMemory(Long peakBytes) {
    return new Answer(null, peakBytes, null);
  }

  static Answer ofCalls(long callSum) {
    return new Answer(null, null, callSum);
  }
}
