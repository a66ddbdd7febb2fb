package hak.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of the project and what is read of it once for all tests. */
final class Project {
  /** The build runs the tests of a module in the module's folder. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static SourceTree sources;

  static synchronized SourceTree sources() {
    try {
      if (sources == null) {
        sources = SourceTree.below(ROOT);
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every document: in the folder of the project, in {@code docs} and in the modules. */
  static List<Path> documents() throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(Project::isDocument).sorted().toList();
    }
  }

  private static boolean isDocument(Path file) {
    String name = ROOT.relativize(file).toString();
    return name.endsWith(".md") && !name.startsWith(".") && !name.contains("/target/");
  }

  private Project() {}
}
