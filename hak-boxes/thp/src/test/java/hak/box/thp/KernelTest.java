package hak.box.thp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {
  private static final String FIELDS =
      " S 1 2 3 4 5 6 777 8 9 10 11 1234 13 14 15 16 17 18 19 20 2048 18446744073709551615 0";

  @TempDir private Path root;
  private Kernel kernel;

  @BeforeEach
  void makeFolders() throws IOException {
    kernel = new Kernel(root);
    Files.createDirectories(root.resolve("sys/kernel/mm/transparent_hugepage"));
    Files.createDirectories(root.resolve("proc/self"));
  }

  private void enabled(String text) throws IOException {
    Files.writeString(root.resolve("sys/kernel/mm/transparent_hugepage/enabled"), text);
  }

  private void stat(String text) throws IOException {
    Files.writeString(root.resolve("proc/self/stat"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "always madvise [never], false",
    "always [madvise] never, true",
    "[always] madvise never, true",
    "something else, false",
    "'', false"
  })
  void knowsWhetherThereAreHugePages(String text, boolean expected) throws IOException {
    enabled(text);
    assertEquals(expected, kernel.givesHugePages());
  }

  @Test
  void aSystemWithoutTheFilesHasNoneAndSaysNothing() {
    assertEquals(false, kernel.givesHugePages());
    assertEquals(Optional.empty(), kernel.use());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(java)", "(a b)", "(a) b (c)", "(())) (()", "(a\\b)"})
  void readsWhateverTheProgramIsCalled(String name) throws IOException {
    stat("4711 " + name + FIELDS + "\n");
    assertEquals(Optional.of(new Kernel.Use(777, 12.34, 2048L * 4096)), kernel.use());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4711 (java) S 1 2 3",
        "4711 (java) S 1 2 3 4 5 6 x 8 9 10 11 1234 13 14 15 16 17 18 19 20 2048 0",
        "no brackets at all"
      })
  void whatIsNoSuchLineSaysNothing(String line) throws IOException {
    stat(line);
    assertEquals(Optional.empty(), kernel.use());
  }

  /** The machine itself: 64 MiB that are written are faults, and resident. */
  @Test
  void seesWhatThisProcessDoes() {
    Kernel real = new Kernel(Path.of("/"));
    Kernel.Use before = real.use().orElseThrow();
    byte[][] much = new byte[1_024][];
    for (int i = 0; i < much.length; i++) {
      much[i] = new byte[64 << 10];
      much[i][i] = 1;
    }
    Kernel.Use after = real.use().orElseThrow();
    assertTrue(after.minorFaults() >= before.minorFaults());
    assertTrue(after.seconds() >= before.seconds());
    assertTrue(after.residentBytes() > 16 << 20, () -> after + " with " + much.length);
  }
}
