package hak.store.bench.churn;

/**
 * What a worker has done so far, as a line.
 *
 * @param puts episodes that it put
 * @param failedPuts puts for which there was no room
 * @param bytes bytes that it put
 * @param discarded episodes that it deleted to make room
 * @param checked episodes that it read back
 * @param wrong those of them that had not the checksum or the content that they were put with
 * @param putNanos time in put
 * @param failure what the first put that failed said, else empty; the rest of the line
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
  private static final int WORDS = 8;

  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, "");

  static Tally parse(String line) {
    String[] words = line.split(" ", WORDS);
    return new Tally(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        Long.parseLong(words[5]),
        Long.parseLong(words[6]),
        words[7]);
  }

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

  @Override
  public String toString() {
    return String.join(
        " ",
        "" + puts,
        "" + failedPuts,
        "" + bytes,
        "" + discarded,
        "" + checked,
        "" + wrong,
        "" + putNanos,
        failure);
  }
}
