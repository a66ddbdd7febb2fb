package hak.box.purgedelay;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The delays among which it is chosen, in ascending order, from 1 ms to an hour. */
final class DelayGrid {
  /** The longest delay that a profile may have: an hour. */
  private static final long LONGEST_MILLIS = 3_600_000;

  private final long[] millis;
  private final long windowMillis;

  private DelayGrid(long[] millis, long windowMillis) {
    this.millis = millis;
    this.windowMillis = windowMillis;
  }

  /** From a shortest one on, each twice the one before, so many times. */
  static DelayGrid doubling(long leastMillis, int doublings, long windowMillis) {
    LongStream millis =
        IntStream.rangeClosed(0, doublings)
            .mapToLong(i -> Math.min(LONGEST_MILLIS, leastMillis << i));
    return new DelayGrid(millis.distinct().toArray(), windowMillis);
  }

  /** The same with one more, if it is not there. */
  DelayGrid with(long delayMillis) {
    LongStream more = LongStream.concat(LongStream.of(delayMillis), Arrays.stream(millis));
    return new DelayGrid(more.distinct().sorted().toArray(), windowMillis);
  }

  /** How long a window is. */
  long windowMillis() {
    return windowMillis;
  }

  /** A delay by its number. */
  long millis(int index) {
    return millis[index];
  }

  int size() {
    return millis.length;
  }

  /** The number of a delay; below 0 if it is not there. */
  int indexOf(long delayMillis) {
    return Arrays.binarySearch(millis, delayMillis);
  }

  /** How many windows a delay is, 1 or more. */
  int windows(int index) {
    return Math.toIntExact(Math.max(1, Math.ceilDiv(millis[index], windowMillis)));
  }

  /** How many windows the longest is. */
  int mostWindows() {
    return windows(size() - 1);
  }
}
