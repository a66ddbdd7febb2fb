package hak.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.cli.output.Page;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class RepeatedRoundsTest {
  private static String line(int repeated, int moved) {
    StringWriter out = new StringWriter();
    Page page = new Page(new PrintWriter(out), Ansi.OFF);
    RepeatedRounds.print(page, "lua", repeated, moved);
    page.flush();
    return out.toString().strip();
  }

  @Test
  void saysWhatWasPlayedAgainAndWhatDidNotHelp() {
    assertEquals("", line(0, 0));
    assertEquals("lua: 1 round was played again, for the floor moved", line(1, 0));
    assertEquals(
        "lua: 8 rounds were played again, for the floor moved; it still does in 2", line(8, 2));
  }
}
