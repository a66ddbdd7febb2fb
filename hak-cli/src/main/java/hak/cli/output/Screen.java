package hak.cli.output;

import java.util.List;

/**
 * The screen of a terminal, on which the same lines are drawn again and again. It is the second
 * screen that terminals have (xterm's 1049), so what was on the first is there again at the end.
 * Long lines are cut, and of too many the last ones are seen.
 */
public final class Screen implements AutoCloseable {
  private static final String CSI = "\u001b[";
  private static final String BEGIN = CSI + "?1049h" + CSI + "?7l" + CSI + "?25l";
  private static final String END = CSI + "?25h" + CSI + "?7h" + CSI + "?1049l";
  private static final String HOME = CSI + "H";
  private static final String CLEAR_TO_END_OF_LINE = CSI + "K";
  private static final String CLEAR_BELOW = CSI + "J";

  private final Page page;

  /** Goes to the second screen. */
  public Screen(Page page) {
    this.page = page;
    page.print(BEGIN);
    page.flush();
  }

  /** Whether there is a terminal that can do so. */
  public static boolean isPossible(Page page) {
    return page.ansi().enabled();
  }

  /** Draws lines in the place of those before. */
  public void draw(List<String> lines) {
    StringBuilder text = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(CLEAR_TO_END_OF_LINE);
    }
    page.print(text.append(CLEAR_BELOW));
    page.flush();
  }

  /** Goes back to the first screen. */
  @Override
  public void close() {
    page.print(END);
    page.flush();
  }
}
