package hak.stack;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs a test in a JVM of its own: one with other options, which it may bring down. */
final class ChildJvm {
  /** How much is shown of the begin and of the end of a long output. */
  private static final int SHOWN_CHARACTERS = 6_000;

  private ChildJvm() {}

  /**
   * Runs {@code main} with the class path of this JVM and fails unless it ends with status 0.
   *
   * @param patience after this it is killed; its own {@link Watchdog} should be faster, because it
   *     says where the threads are
   */
  static void run(Duration patience, List<String> options, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-ea", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash"));
    command.addAll(List.of("-XX:+ErrorFileToStdout", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Path output = Files.createTempFile("hak-child", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        boolean ended = process.waitFor(patience);
        if (!ended || process.exitValue() != 0) {
          String how = ended ? "ended with status " + process.exitValue() : "did not end in time";
          fail(how + ": " + String.join(" ", arguments) + "\n" + shown(output));
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
    } finally {
      Files.delete(output);
    }
  }

  private static String shown(Path output) throws IOException {
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    return text.length() <= 2 * SHOWN_CHARACTERS
        ? text
        : text.substring(0, SHOWN_CHARACTERS)
            + "\n...\n"
            + text.substring(text.length() - SHOWN_CHARACTERS);
  }
}
