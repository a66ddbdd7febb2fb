package hak.bench;

/**
 * A ratio of medians with its bootstrap 95 % interval.
 *
 * @param value the ratio
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Ratio(double value, double low, double high) {}
