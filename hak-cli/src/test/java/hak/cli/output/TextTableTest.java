package hak.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

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
        String.join("\n", table.lines()) + "\n");
  }

  @Test
  void refusesARowOfAnotherLength() {
    TextTable table = new TextTable("name", "text");
    assertThrows(IllegalArgumentException.class, () -> table.row("one"));
  }
}
