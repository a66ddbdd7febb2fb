package hak.cli.output;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** What stands out on a terminal, and how. */
public enum Paint {
  HEADING(Style.bold),
  BEST(Style.bold, Style.fg_green),
  ERROR(Style.bold, Style.fg_red);

  private final String escape;

  Paint(Style... styles) {
    escape = Style.on(styles);
  }

  /** The text, painted where {@code ansi} is on. */
  String on(String text, Ansi ansi) {
    return ansi.enabled() && !text.isEmpty() ? escape + text + Style.reset.on() : text;
  }
}
