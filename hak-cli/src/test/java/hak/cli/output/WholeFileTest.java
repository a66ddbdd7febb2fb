package hak.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static void write(Path file) throws IOException {
    WholeFile.requireWritable(file);
    WholeFile.write(file, out -> out.write(StandardCharsets.UTF_8.encode("text")));
  }

  /** As of a shell's {@code >(command)} and of /dev/stdout: a link to what has no path. */
  @Test
  void aPipeBehindALinkIsWritten() throws IOException, InterruptedException {
    Process reader = new ProcessBuilder("cat").start();
    try {
      write(Path.of("/proc/" + reader.pid() + "/fd/0"));
      reader.getOutputStream().close();
      assertEquals(
          "text", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertEquals(0, reader.waitFor());
    } finally {
      reader.destroy();
    }
  }

  @Test
  void ofALinkTheFileIsReplacedThatItLeadsTo(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    write(link);
    assertEquals("text", Files.readString(file));
    assertEquals(file, Files.readSymbolicLink(link));
  }

  private static String place(Class<?> of) {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** SIGTERM ends a JVM as Ctrl-C does. */
  @Test
  void whatIsNotWholeGoesWithTheProgram(@TempDir Path folder) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                place(WholeFile.class) + File.pathSeparator + place(WholeFileProgram.class),
                WholeFileProgram.class.getName(),
                folder.resolve("file").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("writing", writer.inputReader().readLine());
      assertEquals(1, filesIn(folder).size());
    } finally {
      writer.destroy();
    }
    writer.waitFor();
    assertEquals(List.of(), filesIn(folder));
  }
}
