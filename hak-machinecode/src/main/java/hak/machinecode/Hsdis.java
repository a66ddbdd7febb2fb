package hak.machinecode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds a disassembler plugin for HotSpot ("hsdis"). A JVM loads it from its own {@code lib} or
 * from {@code LD_LIBRARY_PATH}, under a name that has the processor in it; systems install it
 * elsewhere and under other names.
 */
final class Hsdis {
  /**
   * What HotSpot calls since JDK 19; older plugins, among them Debian's libhsdis0-fcml 1.1, lack
   * it.
   */
  private static final byte[] ENTRY =
      "decode_instructions_virtual".getBytes(StandardCharsets.US_ASCII);

  private Hsdis() {}

  /** The name under which this JVM looks for the plugin. */
  static String fileName() {
    return "hsdis-" + System.getProperty("os.arch") + ".so";
  }

  /** A plugin that the JVM at {@code javaHome} can use, if there is one. */
  static Optional<Path> find(Path javaHome) throws IOException {
    List<Path> candidates = new ArrayList<>();
    candidates.add(javaHome.resolve("lib/server").resolve(fileName()));
    candidates.add(javaHome.resolve("lib").resolve(fileName()));
    SearchPath.of("LD_LIBRARY_PATH").forEach(folder -> candidates.add(folder.resolve(fileName())));
    addAll(candidates, Path.of("/usr/lib/jvm"), "lib/" + fileName());
    addAll(candidates, Path.of("/usr/lib"), "libhsdis.so.0");
    for (Path candidate : candidates) {
      if (Files.isReadable(candidate) && isUsable(candidate)) {
        return Optional.of(candidate.toRealPath());
      }
    }
    return Optional.empty();
  }

  private static void addAll(List<Path> candidates, Path parent, String name) throws IOException {
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, Files::isDirectory)) {
        folders.forEach(folder -> candidates.add(folder.resolve(name)));
      }
    }
  }

  /** Whether the library names the function that this JVM calls. */
  static boolean isUsable(Path library) throws IOException {
    byte[] content = Files.readAllBytes(library);
    for (int i = 0; i <= content.length - ENTRY.length; i++) {
      if (Arrays.equals(content, i, i + ENTRY.length, ENTRY, 0, ENTRY.length)) {
        return true;
      }
    }
    return false;
  }
}
