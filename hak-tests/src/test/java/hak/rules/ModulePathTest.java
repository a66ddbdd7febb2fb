package hak.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as users start it: a JVM of its own, and the module path. */
class ModulePathTest {
  /** The command of a small JVM. */
  static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin/java").toString(),
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData");

  private static Process start(List<String> jvmOptions, String... args) throws IOException {
    List<String> command = new ArrayList<>(JAVA);
    command.addAll(jvmOptions);
    command.addAll(List.of("-p", ModulePath.ofUsers(), "-m", "hak.cli/hak.cli.Main"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  /** What a process printed, once it has ended. */
  static Outcome finish(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Outcome(process.exitValue(), out, err);
  }

  @Test
  void findsBoxesAndProfilesInTheirModules() throws Exception {
    Outcome result =
        finish(start(List.of("--enable-native-access=hak.core"), "profile", "show", "default"));
    assertEquals("", result.err());
    assertEquals(0, result.exitCode());
    assertTrue(result.out().contains("hak.tiny"), result.out());
  }

  @Test
  void withoutNativeAccessItSaysInALineWhatToAdd() throws Exception {
    Outcome result = finish(start(List.of(), "profile", "show", "default"));
    assertEquals(1, result.exitCode());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().contains("--enable-native-access=hak.core"), result.err());
  }

  @Test
  void aStoreIsSharedWithAnotherProcessThroughPipes(@TempDir Path folder) throws Exception {
    List<String> options = List.of("--enable-native-access=hak.core");
    String store = folder.resolve("store").toString();
    assertEquals(0, finish(start(options, "store", "create", store)).exitCode());
    byte[] bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);

    Process put = start(options, "store", "put", store, "-", "--name", "größe");
    try (OutputStream in = put.getOutputStream()) {
      in.write(bytes);
    }
    Outcome result = finish(put);
    assertEquals("", result.err());
    assertTrue(result.out().matches("@[0-9a-f]+\\R"), result.out());

    Process get = start(options, "store", "get", store, "größe");
    assertArrayEquals(bytes, get.getInputStream().readAllBytes());
    result = finish(get);
    assertEquals("", result.err());
    assertEquals(0, result.exitCode());
  }

  @Test
  void theProcessesOfTheStoreBenchFindTheModulesToo(@TempDir Path folder) throws Exception {
    String store = folder.resolve("store").toString();
    Outcome result =
        finish(
            start(
                List.of("--enable-native-access=hak.core"),
                "store",
                "bench",
                store,
                "--quick",
                "--rounds",
                "1"));
    assertEquals("", result.err());
    assertEquals(0, result.exitCode());
    assertTrue(result.out().contains("put and delete"), result.out());
  }

  @Test
  void aReaderThatGoesAwayIsNoError() throws Exception {
    Process process = start(List.of(), "boxes", "--json", "-");
    process.getInputStream().close();
    assertEquals("", finishQuietly(process));
  }

  private static String finishQuietly(Process process) throws IOException, InterruptedException {
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return err;
  }
}
