package hak.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hak.core.Hak;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which malloc is called. */
@Timeout(60)
class FfmOperationsTest {
  /** Prints the file that the function is in which is linked. */
  static final class FileOfMalloc {
    private FileOfMalloc() {}

    public static void main(String[] arguments) throws IOException {
      FfmOperations operations = FfmOperations.link();
      operations.free(operations.malloc(0, 0, 100));
      System.out.println(fileAt(FfmOperations.find("malloc").address()));
    }

    private static String fileAt(long address) throws IOException {
      return Files.readAllLines(Path.of("/proc/self/maps")).stream()
          .filter(line -> isIn(line, address))
          .map(line -> line.substring(line.indexOf('/')))
          .findFirst()
          .orElseThrow();
    }

    private static boolean isIn(String line, long address) {
      long from = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
      long to =
          Long.parseUnsignedLong(line.substring(line.indexOf('-') + 1, line.indexOf(' ')), 16);
      return Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, to) < 0;
    }
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Path fileOfMalloc(Optional<Path> preloaded)
      throws IOException, InterruptedException {
    String classPath =
        Stream.of(FileOfMalloc.class, FfmOperations.class, Hak.class)
            .map(FfmOperationsTest::placeOf)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("--class-path", classPath, FileOfMalloc.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("LD_PRELOAD");
    preloaded.ifPresent(library -> builder.environment().put("LD_PRELOAD", library.toString()));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return Path.of(said.strip());
  }

  @Test
  void ofTheCLibraryWhereNothingIsPreloaded() throws Exception {
    Path file = fileOfMalloc(Optional.empty());
    assertTrue(file.getFileName().toString().startsWith("libc"), file.toString());
  }

  @Test
  void ofWhatIsPreloaded() throws Exception {
    List<NativePeer> peers =
        NativePeer.KNOWN.stream().flatMap(known -> NativePeer.find(known).stream()).toList();
    assumeTrue(!peers.isEmpty(), "no other allocator is installed");
    for (NativePeer peer : peers) {
      Path library = peer.library().orElseThrow();
      assertEquals(library.toRealPath(), fileOfMalloc(peer.library()).toRealPath());
    }
  }
}
