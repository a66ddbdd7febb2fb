package hak.store.bench.churn;

/**
 * What a worker has done so far.
 *
 * @param puts episodes that it put
 * @param failedPuts puts for which there was no room
 * @param bytes bytes that it put
 * @param discarded episodes that it deleted to make room
 * @param checked episodes that it read back
 * @param wrong those of them that had not the checksum or the content that they were put with
 * @param putNanos time in put
 * @param failure what the first put that failed said, else empty
 */
record Tally(
    long puts,
    long failedPuts,
    long bytes,
    long discarded,
    long checked,
    long wrong,
    long putNanos,
    String failure) {
  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, "");

  Tally plus(Tally other) {
    return new Tally(
        puts + other.puts,
        failedPuts + other.failedPuts,
        bytes + other.bytes,
        discarded + other.discarded,
        checked + other.checked,
        wrong + other.wrong,
        putNanos + other.putNanos,
        failure.isEmpty() ? other.failure : failure);
  }
}
