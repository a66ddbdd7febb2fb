package hak.learn;

/**
 * A switch that goes on above one bound and off below a lower one, and stays as it is between them,
 * so that a value that wanders about a bound does not switch to and fro.
 *
 * <p>For one thread.
 */
public final class Hysteresis {
  private final double low;
  private final double high;
  private boolean on;

  /**
   * Makes a switch.
   *
   * @param low below this it goes off
   * @param high above this it goes on; {@code low} or more
   * @param on how it begins
   * @throws IllegalArgumentException if {@code high} is below {@code low}, or one is NaN
   */
  public Hysteresis(double low, double high, boolean on) {
    Observation.require(!Double.isNaN(low), "low", low, "a number");
    Observation.require(high >= low, "high", high, "the lower bound or more");
    this.low = low;
    this.high = high;
    this.on = on;
  }

  /** Takes in a value, of which NaN changes nothing; whether the switch is on. */
  public boolean add(double value) {
    on = on ? !(value < low) : value > high;
    return on;
  }

  /** Whether it is on. */
  public boolean isOn() {
    return on;
  }
}
