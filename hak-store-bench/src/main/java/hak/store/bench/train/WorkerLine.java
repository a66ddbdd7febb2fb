package hak.store.bench.train;

/**
 * What a worker tells the server about the average that it got, as a line.
 *
 * @param sync number of the exchange
 * @param digest of the parameters
 * @param loss sum of their squared errors over the worker's examples
 * @param intact whether they had the checksum that they were sealed with
 * @param waitNanos how long the worker slept until it got them
 */
record WorkerLine(int sync, long digest, double loss, boolean intact, long waitNanos) {
  static WorkerLine parse(String line) {
    String[] words = line.split(" ", -1);
    return new WorkerLine(
        Integer.parseInt(words[0]),
        Long.parseLong(words[1]),
        Double.parseDouble(words[2]),
        Boolean.parseBoolean(words[3]),
        Long.parseLong(words[4]));
  }

  @Override
  public String toString() {
    return sync + " " + digest + " " + loss + " " + intact + " " + waitNanos;
  }
}
