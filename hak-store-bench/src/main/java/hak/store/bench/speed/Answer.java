package hak.store.bench.speed;

import hak.bench.process.JsonLine;

/**
 * What a {@link WorkerMain worker} answers.
 *
 * @param waiting that it waits; another answer follows
 * @param nanos how long what it waited for took to get here
 * @param rate operations in a second
 */
record Answer(boolean waiting, long nanos, double rate) {
  static final Answer WAITING = new Answer(true, 0, 0);

  static Answer ofNanos(long nanos) {
    return new Answer(false, nanos, 0);
  }

  static Answer ofRate(double rate) {
    return new Answer(false, 0, rate);
  }

  static Answer parse(String line) {
    return JsonLine.parse(line, Answer.class);
  }
}
