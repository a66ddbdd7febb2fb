package hak.learn;

import java.util.Arrays;

/**
 * Notices that a program does something else than before: other sizes, or the same at another rate.
 *
 * <pre>
 *   distance(a, b) = 1 - sum of min(a[i], b[i]) / sum of max(a[i], b[i])     0 = the same, 1 = nothing in common
 *   far            = distance to what is usual &gt; max(0.25, 3 * how far windows are from it on average)
 *   a shift        = two windows in a row are far, and near to each other
 * </pre>
 *
 * <p>A rate that grows by a third, or a third of it at other sizes, is a distance of a quarter.
 * What is usual follows slowly; what flips all the time is far from it on average, so that nothing
 * is a shift any more. The distance is that of M. Ruzicka, "Anwendung mathematisch-statistischer
 * Methoden in der Geobotanik", Biologia Bratislava 13, 1958.
 *
 * <p>For one thread. Time is the number of windows.
 */
public final class LoadShift {
  private static final double LEAST_FAR = 0.25;
  private static final double TIMES_AVERAGE = 3;

  /** On average windows of a calm load are no further from what is usual. */
  private static final double CALM = 0.1;

  /** How much of a new window goes into what is usual. */
  private static final double WEIGHT = 0.125;

  private double average;

  /** null, as the next, where there is none. */
  private double[] usual;

  /** The last window if it was far. */
  private double[] odd;

  /** With nothing usual yet. */
  public LoadShift() {
    // All begins empty.
  }

  /**
   * How far two are apart, in [0, 1].
   *
   * @param a none of it below 0
   * @param b as many as in the other one, none below 0
   */
  static double distance(double[] a, double[] b) {
    double least = 0;
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      least += Math.min(a[i], b[i]);
      most += Math.max(a[i], b[i]);
    }
    return most == 0 ? 0 : 1 - least / most;
  }

  /**
   * Takes in a window.
   *
   * @param rates how often each of several things was done in it, per second, none below 0; always
   *     as many. One that has a number that is none is left out
   * @return whether the load has shifted; what is usual is this window then
   */
  public boolean add(double... rates) {
    if (!Arrays.stream(rates).allMatch(rate -> rate >= 0 && Observation.isUsable(rate))) {
      return false;
    }
    if (usual == null) {
      usual = rates.clone();
      return false;
    }
    double distance = distance(usual, rates);
    double far = Math.max(LEAST_FAR, TIMES_AVERAGE * average);
    average += (distance - average) * WEIGHT;
    if (distance <= far) {
      odd = null;
      for (int i = 0; i < usual.length; i++) {
        usual[i] += (rates[i] - usual[i]) * WEIGHT;
      }
      return false;
    }
    boolean isShift = odd != null && distance(odd, rates) <= far;
    odd = rates.clone();
    if (isShift) {
      forget();
      usual = rates.clone();
    }
    return isShift;
  }

  /** The next window does not follow the last one: they are no two in a row. */
  public void gap() {
    odd = null;
  }

  /**
   * Whether windows are alike: a tenth apart at most, on average of the last ones. One that has had
   * a shift is again some ten windows later.
   */
  public boolean isCalm() {
    return usual != null && average <= CALM;
  }

  /** Whether nothing is usual yet. */
  public boolean isNew() {
    return usual == null;
  }

  /** Forgets what is usual, and not how far windows are from it. */
  public void forget() {
    usual = null;
    odd = null;
  }
}
