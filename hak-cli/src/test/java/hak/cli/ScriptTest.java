package hak.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code ./hak}: a copy in a folder of its own, where Maven and the JVM only write down
 * what they were asked.
 */
class ScriptTest {
  /** Says what the test tells it to say, and fails if it is told to. */
  private static final String MAVEN =
      """
      #!/bin/bash
      echo "$@" >> "$MAVEN_ASKED"
      printf '%b' "$MAVEN_SAYS"
      mkdir -p hak-cli/target/modules
      exit "$MAVEN_STATUS"
      """;

  private static final String JAVA =
      """
      #!/bin/bash
      all=$*
      echo "java:${all##*hak.cli.Main}"
      """;

  @TempDir private Path folder;
  private String mavenSays = "";
  private int mavenStatus;

  @BeforeEach
  void layOut() throws IOException {
    Path script = Path.of("").toAbsolutePath().resolveSibling("hak");
    executable("hak", Files.readString(script));
    executable("bin/mvn", MAVEN);
    executable("jdk/bin/java", JAVA);
    executable("jdk/bin/javac", JAVA);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
    Files.writeString(folder.resolve("pom.xml"), "");
    Files.createDirectories(folder.resolve("hak-cli/target/modules"));
    Files.writeString(folder.resolve("hak-cli/target/built"), "");
  }

  private void executable(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Cli.Result script(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("hak").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path err = folder.resolve("err");
    builder.redirectError(err.toFile());
    var environment = builder.environment();
    environment.put("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    environment.put("HAK_JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("MAVEN_ASKED", folder.resolve("asked").toString());
    environment.put("MAVEN_SAYS", mavenSays);
    environment.put("MAVEN_STATUS", Integer.toString(mavenStatus));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Cli.Result(process.waitFor(), out, Files.readString(err));
  }

  /** The arguments of each run of Maven. */
  private List<String> asked() throws IOException {
    Path file = folder.resolve("asked");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Test
  void commandsGoToTheJvm() throws Exception {
    Cli.Result result = script("run", "--rounds", "3");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("java: run --rounds 3\n", result.out());
    assertEquals(List.of(), asked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"test --help", "test -pl hak-core -h", "races --help", "format --help"})
  void helpIsTheCommandsAndNotMavens(String arguments) throws Exception {
    Cli.Result result = script(arguments.split(" ", -1));
    assertEquals("java: " + arguments + "\n", result.out());
    assertEquals(List.of(), asked());
  }

  @ParameterizedTest
  @CsvSource({"races quickly", "format all"})
  void argumentsThatAreNotThereAreRefused(String arguments) throws Exception {
    Cli.Result result = script(arguments.split(" ", -1));
    assertEquals(2, result.exitCode());
    assertEquals(2, result.errLines().size(), result.err());
    assertEquals(List.of(), asked());
  }

  @Test
  void testsAreCounted() throws Exception {
    mavenSays =
        """
        [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in A
        [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0
        [WARNING] Tests run: 4, Failures: 0, Errors: 0, Skipped: 1
        """;
    Cli.Result result = script("test");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().endsWith("\n6 passed, 0 failed, 1 skipped\n"), result.out());
  }

  @Test
  void aRunWithoutATestHasFailed() throws Exception {
    mavenSays = "[INFO] No tests to run.\n";
    Cli.Result result = script("test", "-pl", "hak-toml");
    assertEquals(1, result.exitCode());
    assertTrue(result.out().endsWith("0 passed, 0 failed, 0 skipped\n"), result.out());
    assertEquals("hak: no test ran\n", result.err());
  }

  @Test
  void testsThatFailAreAFailure() throws Exception {
    mavenSays = "[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0\n";
    mavenStatus = 1;
    Cli.Result result = script("test");
    assertEquals(1, result.exitCode());
    assertTrue(result.out().endsWith("2 passed, 1 failed, 0 skipped\n"), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "test -pl hak-mid, true",
    "test --projects=hak-mid, true",
    "test -pl hak-mid -am, true",
    "test -pl hak-mid --also-make, false",
    "test -Dtest=X, false"
  })
  void modulesAreBuiltWithThoseTheyNeed(String arguments, boolean also) throws Exception {
    mavenSays = "[INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0\n";
    assertEquals(0, script(arguments.split(" ", -1)).exitCode());
    String maven = " " + asked().getFirst() + " ";
    assertEquals(also, maven.contains(" -am "), maven);
    assertFalse(maven.contains(" -am -pl hak-mid -am "), maven);
  }

  @Test
  void aBuildIsOneLineWhereThereIsNoTerminal() throws Exception {
    Files.delete(folder.resolve("hak-cli/target/built"));
    mavenSays = "[INFO] Building hak.core 0.1.0-SNAPSHOT      [2/20]\n";
    Cli.Result result = script("boxes");
    assertEquals("hak: building HAK (first use) ...\n", result.err());
    assertEquals("java: boxes\n", result.out());
    assertEquals(1, asked().size());
    assertEquals("", script("boxes").err());
  }

  @Test
  void aBuildThatFailsShowsWhatIsWrong() throws Exception {
    Files.delete(folder.resolve("hak-cli/target/built"));
    mavenSays = "[INFO] Building hak.core\n[ERROR] A.java:[1,1] wrong\n[INFO] BUILD FAILURE\n";
    mavenStatus = 1;
    Cli.Result result = script("boxes");
    assertEquals(1, result.exitCode());
    assertEquals("", result.out());
    assertEquals(
        List.of(
            "hak: building HAK (first use) ...",
            "[ERROR] A.java:[1,1] wrong",
            "hak: the build failed"),
        result.errLines());
  }
}
