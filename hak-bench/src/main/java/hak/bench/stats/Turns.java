package hak.bench.stats;

import java.util.SplittableRandom;

/**
 * The turns of a sample, by the processes they were taken in: first all of the first process, then
 * all of the second. What differs from process to process, as what a JIT compiler made of a program
 * and where memory came to lie, turns of one process do not tell.
 *
 * @param processes how many, 1 or more
 * @param each turns in each of them, 1 or more
 */
public record Turns(int processes, int each) {
  /** Checks both. */
  public Turns {
    if (processes < 1 || each < 1) {
      throw new IllegalArgumentException(processes + " processes, " + each + " turns in each");
    }
  }

  /** Turns that are independent of each other. */
  public static Turns independent(int count) {
    return new Turns(1, count);
  }

  /** How many there are. */
  public int count() {
    return processes * each;
  }

  /** As many again with replacement, processes first: the indices of the turns drawn. */
  int[] draw(SplittableRandom random) {
    int[] drawn = new int[count()];
    for (int process = 0; process < processes; process++) {
      int first = each * random.nextInt(processes);
      for (int turn = 0; turn < each; turn++) {
        drawn[each * process + turn] = first + random.nextInt(each);
      }
    }
    return drawn;
  }
}
