package hak.store.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Namespaces of Linux to run a process in; a test that may not make one is skipped. */
enum Namespaces {
  /** Where the process has the id 1, with a /proc of its own, as in a container. */
  PID("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"),

  /** Where the system was started 28 hours earlier, so that all times of start are others. */
  TIME(
      "unshare",
      "--time",
      "--boottime",
      "100000",
      "--monotonic",
      "100000",
      "--fork",
      "--kill-child"),

  /** Where the identity of the boot is another. */
  BOOT_ID(
      "unshare",
      "--mount",
      "sh",
      "-c",
      "mount --bind /proc/sys/kernel/random/uuid /proc/sys/kernel/random/boot_id && exec \"$@\"",
      "sh"),

  /** All of it. */
  CONTAINER(
      "unshare",
      "--pid",
      "--time",
      "--mount",
      "--uts",
      "--ipc",
      "--net",
      "--boottime",
      "100000",
      "--fork",
      "--kill-child",
      "--mount-proc");

  @SuppressWarnings("ImmutableEnumChecker") // an array of its own, never handed out
  private final String[] runner;

  Namespaces(String... runner) {
    this.runner = runner.clone();
  }

  /** The words before a command that run it there. */
  List<String> runner() throws IOException, InterruptedException {
    List<String> trial = new ArrayList<>(List.of(runner));
    trial.add("true");
    Path said = Files.createTempFile("hak-unshare", ".txt");
    try {
      int code =
          new ProcessBuilder(trial)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start()
              .waitFor();
      Assumptions.assumeTrue(
          code == 0, () -> "no namespace of kind " + this + " is permitted here");
    } catch (IOException e) {
      Assumptions.abort("there is no unshare: " + e.getMessage());
    } finally {
      Files.deleteIfExists(said);
    }
    return List.of(runner);
  }
}
