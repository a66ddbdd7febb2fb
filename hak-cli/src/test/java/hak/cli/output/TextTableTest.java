package hak.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsColumns() {
    TextTable table = new TextTable("name", ">ns", "text");
    table.row("lua", "10.25", "a");
    table.row("cc1plus", "3.1", "");
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text), "  ");
    assertEquals(
        """
          name        ns  text
          -------  -----  ----
          lua      10.25  a
          cc1plus    3.1
        """,
        text.toString());
  }

  @Test
  void refusesARowOfAnotherLength() {
    TextTable table = new TextTable("name", "text");
    assertThrows(IllegalArgumentException.class, () -> table.row("one"));
  }
}
