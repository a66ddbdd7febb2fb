package hak.learn;

/**
 * Holds a measured value at a target by moving an output: proportional, integral and derivative
 * control, in windows.
 *
 * <pre>
 *   error    = target - measured, and 0 within the dead band
 *   output   = clamp(centre + kp * error + integral + kd * (fall of measured per second))
 *   integral grows by ki * error * seconds, but not beyond what brings the output to a bound
 * </pre>
 *
 * <p>The integral stops at a bound (against windup), and the derivative is that of what is
 * measured, so that a new target makes no jump. Within the dead band the output does not move at
 * all: what is good enough is left alone. After Åström, Hägglund: "Advanced PID Control", 2006,
 * chapters 3.3 to 3.5.
 *
 * <p>For one thread. A window whose value is not finite changes nothing.
 */
public final class Pid {
  /**
   * How strongly it reacts.
   *
   * @param proportional output for each unit of error
   * @param integral output for each unit of error and second
   * @param derivative output for each unit by which the measured value falls in a second
   */
  public record Gains(double proportional, double integral, double derivative) {
    /**
     * Checks the signs.
     *
     * @throws IllegalArgumentException if one is below 0 or not finite
     */
    public Gains {
      requireGain("proportional", proportional);
      requireGain("integral", integral);
      requireGain("derivative", derivative);
    }

    private static void requireGain(String name, double gain) {
      Observation.require(
          gain >= 0 && Observation.isUsable(gain), name, gain, "0 or more, and finite");
    }
  }

  private final Gains gains;
  private final double target;
  private final double deadBand;
  private final double least;
  private final double most;
  private final double centre;
  private double integral;
  private double lastMeasured = Double.NaN;
  private double output;

  /**
   * Begins at an output.
   *
   * @param target what the measured value is to be
   * @param deadBand how far from it is near enough, 0 or more
   * @param least the least output
   * @param most the largest output
   * @param first the output to begin with, between the two
   * @throws IllegalArgumentException if one is out of range or not finite
   */
  public Pid(Gains gains, double target, double deadBand, double least, double most, double first) {
    Observation.require(Observation.isUsable(target), "target", target, "finite");
    Observation.require(
        deadBand >= 0 && Observation.isUsable(deadBand), "deadBand", deadBand, "0 or more");
    Observation.require(Observation.isUsable(least), "least", least, "finite");
    Observation.require(
        most >= least && Observation.isUsable(most), "most", most, "finite, and the least or more");
    Observation.require(first >= least && first <= most, "first", first, "from least to most");
    this.gains = gains;
    this.target = target;
    this.deadBand = deadBand;
    this.least = least;
    this.most = most;
    centre = first;
    output = first;
  }

  /**
   * Takes in what a window measured.
   *
   * @param seconds how long the window was, above 0; another one changes nothing
   * @return the output from now on, between the least and the largest
   */
  public double step(double measured, double seconds) {
    if (!Observation.isUsable(measured) || !(seconds > 0) || !Observation.isUsable(seconds)) {
      return output;
    }
    double fall = Double.isNaN(lastMeasured) ? 0 : (lastMeasured - measured) / seconds;
    lastMeasured = measured;
    double error = target - measured;
    if (Math.abs(error) <= deadBand) {
      return output;
    }
    double grown = integral + gains.integral() * error * seconds;
    double held = centre + gains.proportional() * error + gains.derivative() * fall;
    double wanted = held + grown;
    if (wanted > most && error > 0) {
      integral = Math.max(integral, Math.min(grown, most - held));
    } else if (wanted < least && error < 0) {
      integral = Math.min(integral, Math.max(grown, least - held));
    } else {
      integral = grown;
    }
    integral = clamp(integral, least - centre, most - centre);
    double next = clamp(held + integral, least, most);
    output = Double.isNaN(next) ? output : next;
    return output;
  }

  private static double clamp(double value, double least, double most) {
    return Math.min(most, Math.max(least, value));
  }

  /** The output, between the least and the largest. */
  public double output() {
    return output;
  }
}
