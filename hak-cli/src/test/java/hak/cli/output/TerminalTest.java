package hak.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TerminalTest {
  @Test
  void aTerminalWithColoursHasThem() {
    assertTrue(Terminal.allowsColour(Map.of("TERM", "xterm")));
    assertTrue(Terminal.allowsColour(Map.of("TERM", "xterm", "NO_COLOR", "")));
  }

  @Test
  void noColourIsRespected() {
    assertFalse(Terminal.allowsColour(Map.of("TERM", "xterm", "NO_COLOR", "1")));
    assertFalse(Terminal.allowsColour(Map.of("TERM", "dumb")));
    assertFalse(Terminal.allowsColour(Map.of()));
  }

  @Test
  void errorsStandOutWhereThereAreColours() {
    assertEquals("\u001B[1m\u001B[31mhak: no\u001B[0m\n", error(Ansi.ON));
    assertEquals("hak: no\n", error(Ansi.OFF));
  }

  private static String error(Ansi ansi) {
    StringWriter written = new StringWriter();
    new Page(new PrintWriter(written), ansi).printError("hak: no");
    return written.toString();
  }
}
