package hak.bench.sweep;

import hak.bench.Progress;

/**
 * How far a sweep is: the steps of the comparisons that it is made of, each weighed by how many
 * stacks take part. How many will play later is known by its bound alone, so the total falls as
 * fewer do.
 */
final class Advance {
  private final Progress progress;
  private long over;
  private long toCome;
  private long current;

  /**
   * Nothing is done.
   *
   * @param total the most that there is to do
   */
  Advance(Progress progress, long total) {
    this.progress = progress;
    this.toCome = total;
  }

  /** What is told of the next comparison, of so many stacks. */
  Progress begin(String name, int stacks) {
    current = 0;
    return (workload, phase, done, total) -> {
      current = total * stacks;
      String shown = name.isEmpty() ? phase : name + " " + phase;
      progress.advanced(workload, shown, over + done * stacks, over + Math.max(current, toCome));
    };
  }

  /** It has ended. */
  void end() {
    over += current;
    toCome = Math.max(0, toCome - current);
  }

  /** So much is to come at most. */
  void expect(long most) {
    toCome = most;
  }
}
