package hak.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of the project, and what of it is read once for all tests. */
final class Project {
  /** The build runs the tests of a module in the module's folder. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static SourceTree sources;

  static synchronized SourceTree sources() throws IOException {
    if (sources == null) {
      sources = SourceTree.below(ROOT);
    }
    return sources;
  }

  /** Every file, but for what the build made. */
  static List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(file -> isKept(ROOT.relativize(file).toString())).sorted().toList();
    }
  }

  private static boolean isKept(String name) {
    return !name.startsWith(".") && !name.contains("target/");
  }

  /** Every document: in the folder of the project, in {@code docs} and in the modules. */
  static List<Path> documents() throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(".md")).toList();
  }

  private Project() {}
}
