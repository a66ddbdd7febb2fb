package hak.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against values that others published. */
class MannWhitneyTest {
  private static final double NEAR = 1e-12;

  /**
   * Hollander and Wolfe (1973), page 69, an example of R's wilcox.test: W = 35, one-sided 0.1272.
   */
  @Test
  void permeabilityOfMembranes() {
    double[] atTerm = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    double[] early = {1.15, 0.88, 0.90, 0.74, 1.21};
    assertEquals(35, MannWhitney.u(atTerm, early));
    assertEquals(2 * 0.1272, MannWhitney.pValue(atTerm, early), 1e-4);
  }

  /** An example of scipy.stats.mannwhitneyu: U = 17, p = 0.1111. */
  @Test
  void ageOfDiagnosis() {
    double[] males = {19, 22, 16, 29, 24};
    double[] females = {20, 11, 17, 12};
    assertEquals(17, MannWhitney.u(males, females));
    assertEquals(1 / 9.0, MannWhitney.pValue(males, females), NEAR);
    assertEquals(1 / 9.0, MannWhitney.pValue(females, males), NEAR);
  }

  /** The tables have 23 as critical value of two times ten values at 5 %, two-sided. */
  @Test
  void theCriticalValueOfTenByTen() {
    assertTrue(pValueOfTenByTen(23) < 0.05);
    assertTrue(pValueOfTenByTen(24) > 0.05);
  }

  /** Ten values and ten others of which {@code u} pairs are the wrong way round. */
  private static double pValueOfTenByTen(int u) {
    double[] first = IntStream.range(0, 10).asDoubleStream().toArray();
    double[] second = IntStream.range(0, 10).mapToDouble(i -> 100 + i).toArray();
    for (int i = 0; i < u / 10; i++) {
      first[i] = 1000 + i;
    }
    first[9] = 99.5 + u % 10;
    assertEquals(u, MannWhitney.u(first, second));
    return MannWhitney.pValue(first, second);
  }

  @Test
  void nothingInCommonIsAsUnlikelyAsCanBe() {
    double[] low = IntStream.range(0, 10).asDoubleStream().toArray();
    double[] high = IntStream.range(10, 20).asDoubleStream().toArray();
    assertEquals(2 / 184_756.0, MannWhitney.pValue(low, high), NEAR);
  }

  @Test
  void equalValuesShareTheirRanks() {
    double[] same = {5, 5, 5};
    assertEquals(1, MannWhitney.pValue(same, same));
    // Of the 6 ways to deal two of 1, 1, 2, 2 out, one has the sum of 1, 1.
    assertEquals(2 / 6.0, MannWhitney.pValue(new double[] {1, 1}, new double[] {2, 2}), NEAR);
  }

  /** Each stratum deals its ranks out in two ways; of the four together one has the least sum. */
  @Test
  void strataAddTheirRankSumsUp() {
    double[] low = {1};
    double[] high = {2};
    assertEquals(1, MannWhitney.pValue(low, high), NEAR);
    assertEquals(2 / 4.0, MannWhitney.pValue(List.of(low, low), List.of(high, high)), NEAR);
    assertEquals(1, MannWhitney.pValue(List.of(low, high), List.of(high, low)), NEAR);
  }

  @Test
  void oneStratumIsTheTestItself() {
    double[] males = {19, 22, 16, 29, 24};
    double[] females = {20, 11, 17, 12};
    assertEquals(1 / 9.0, MannWhitney.pValue(List.of(males), List.of(females)), NEAR);
  }

  /** Levels of the strata do not matter, nor how far out a value is. */
  @Test
  void valuesAreComparedWithinTheirStratumAlone() {
    double[] low = {1, 2, 3, 40};
    double[] high = {4, 5, 6, 7};
    double[] farLow = {1001, 1002, 1003, 1e9};
    double[] farHigh = {1004, 1005, 1006, 1007};
    assertEquals(
        MannWhitney.pValue(List.of(low, low), List.of(high, high)),
        MannWhitney.pValue(List.of(low, farLow), List.of(high, farHigh)),
        NEAR);
  }
}
