package hak.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextPlotTest {
  @Test
  void aLineHasASignInEveryColumnAndItsScale() {
    assertEquals(
        List.of(
            "1,000 |  *", //
            "      |  |",
            "   10 |**",
            "      +---"),
        TextPlot.lineOf(List.of(10L, 10L, 1_000L), 3, 3));
    assertEquals(
        List.of(
            "4 |*", //
            "  | **", "1 |   *", "  +----"),
        TextPlot.lineOf(List.of(4L, 2L, 2L, 1L), 4, 3));
  }

  @Test
  void ofSeveralInAColumnTheLastIsDrawn() {
    assertEquals(List.of("9 | *", "0 |*", "  +--"), TextPlot.lineOf(List.of(5L, 0L, 1L, 9L), 2, 2));
  }

  @Test
  void fewAmountsFillTheWidth() {
    assertEquals(List.of("2 |  **", "1 |**", "  +----"), TextPlot.lineOf(List.of(1L, 2L), 4, 2));
  }

  @Test
  void whatNeverChangesIsInTheMiddle() {
    assertEquals(
        List.of("  |", "7 |**", "  |", "  +--"), TextPlot.lineOf(List.of(7L, 7L, 7L), 2, 3));
  }
}
