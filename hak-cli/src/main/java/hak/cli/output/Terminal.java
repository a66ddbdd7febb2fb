package hak.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Whether a standard stream of this process is a terminal, and whether it may be coloured. */
public enum Terminal {
  OUT(1),
  ERR(2);

  private final Path descriptor;

  Terminal(int descriptor) {
    this.descriptor = Path.of("/proc/self/fd/" + descriptor);
  }

  /** Asked of each stream; {@link java.io.Console} answers for both and standard input together. */
  boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Colours where there is a terminal that has some and nobody declined them. */
  public Ansi ansi() {
    return Ansi.valueOf(isTerminal() && allowsColour(System.getenv()));
  }

  /** By https://no-color.org: NO_COLOR declines with any value but the empty one. */
  static boolean allowsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }
}
