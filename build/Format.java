import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Checks or rewrites the format of every Java source below the working directory. Run as a source
 * file, with the formatter on the class path: {@code java @build/formatter.options
 * build/Format.java check|rewrite}.
 */
final class Format {
  public static void main(String[] args) throws IOException {
    boolean check = args[0].equals("check");
    List<String> sources = javaSources();
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    Stream<String> options =
        check ? Stream.of("--dry-run", "--set-exit-if-changed") : Stream.of("--replace");
    int status =
        formatter.run(
            System.out,
            System.err,
            Stream.concat(options, sources.stream()).toArray(String[]::new));
    if (status != 0 && check) {
      System.out.println("The files named above are not formatted; ./hak format rewrites them.");
    }
    System.exit(status);
  }

  private static List<String> javaSources() throws IOException {
    List<String> sources = new ArrayList<>();
    Files.walkFileTree(
        Path.of(""),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped = name.equals("target") || name.startsWith(".");
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    sources.sort(null);
    return sources;
  }
}
