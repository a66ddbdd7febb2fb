package hak.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds shared libraries where the dynamic linker and the distributions keep them. */
final class SharedLibraries {
  private static final List<String> FOLDERS =
      List.of(
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/lib/x86_64-linux-gnu",
          "/lib/aarch64-linux-gnu",
          "/usr/lib64",
          "/usr/lib",
          "/usr/local/lib64",
          "/usr/local/lib");
  private static final List<String> LDCONFIG =
      List.of("/sbin/ldconfig", "/usr/sbin/ldconfig", "/usr/bin/ldconfig");

  private SharedLibraries() {}

  /** The first of some file names that is found. */
  static Optional<Path> find(List<String> fileNames) {
    List<Path> folders = folders();
    return fileNames.stream()
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isReadable)
        .findFirst();
  }

  private static List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("LD_LIBRARY_PATH", "").split(":", -1)) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    FOLDERS.stream().map(Path::of).forEach(folders::add);
    cached().forEach(folders::add);
    return folders.stream().distinct().filter(Files::isDirectory).toList();
  }

  /** The folders in the linker's cache; none if it cannot be asked. */
  private static Stream<Path> cached() {
    Optional<Path> ldconfig =
        LDCONFIG.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    if (ldconfig.isEmpty()) {
      return Stream.empty();
    }
    try {
      Process process =
          new ProcessBuilder(ldconfig.get().toString(), "-p").redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.contains(" => /"))
          .map(line -> Path.of(line.substring(line.indexOf(" => ") + 4)).getParent())
          .distinct();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
