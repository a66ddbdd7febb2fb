package hak.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TextTableTest {
  @Test
  void alignsColumns() {
    TextTable table = new TextTable("name", ">ns", "text");
    table.row("lua", "10.25", "a");
    table.row("cc1plus", "3.1", "");
    assertEquals(
        """
        name        ns  text
        -------  -----  ----
        lua      10.25  a
        cc1plus    3.1
        """,
        String.join("\n", table.lines(Ansi.OFF)) + "\n");
  }

  /** The escapes are those of bold, and of bold and green; alignment is as without them. */
  @Test
  void headsAndTheBestStandOut() {
    TextTable table = new TextTable("name", ">ns");
    table.row("lua", "3.1");
    table.markBest(1);
    table.row("cc1plus", "10.25");
    assertEquals(
        List.of(
            "\u001B[1mname        ns\u001B[0m",
            "-------  -----",
            "lua        \u001B[1m\u001B[32m3.1\u001B[0m",
            "cc1plus  10.25"),
        table.lines(Ansi.ON));
  }

  @Test
  void refusesARowOfAnotherLength() {
    TextTable table = new TextTable("name", "text");
    assertThrows(IllegalArgumentException.class, () -> table.row("one"));
  }
}
