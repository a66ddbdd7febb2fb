package hak.bench.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A test that runs in a JVM of its own, and what became of it.
 *
 * @param exitCode 0 when {@code main} returned
 * @param lines what it printed
 */
record ChildJvm(int exitCode, List<String> lines) {
  /** Runs {@code main} to its end; a crash report goes into {@code folder}. */
  static ChildJvm run(
      Class<?> main, int heapMebibytes, List<String> options, List<String> arguments, Path folder)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("crash")));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(JavaCommand.of(main, heapMebibytes, all, "hak.core", arguments))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(out);
    assertTrue(ended, () -> "still running: " + lines);
    return new ChildJvm(process.exitValue(), lines);
  }

  /** What it printed from the last line on that begins so. */
  String from(String start) {
    int first = lines.size() - 1;
    while (first > 0 && !lines.get(first).startsWith(start)) {
      first--;
    }
    return String.join("\n", lines.subList(Math.max(first, 0), lines.size()));
  }
}
