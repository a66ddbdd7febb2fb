package hak.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program linked with HAK into a run-time image; jlink takes no module without a descriptor. */
class JlinkTest {
  private static final String DESCRIPTOR =
      """
      module program {
        requires hak.core;
      }
      """;

  private static final String PROGRAM =
      """
      package program;

      import hak.core.Hak;
      import hak.core.HakAllocator;
      import java.lang.foreign.Arena;

      final class Main {
        public static void main(String[] args) {
          try (HakAllocator heap = Hak.open("default")) {
            for (long size : new long[] {100, 20_000, 300_000, 5_000_000}) {
              long address = heap.malloc(size);
              System.out.println(heap.usableSize(address) >= size);
              heap.free(address);
            }
            try (Arena arena = heap.arena()) {
              System.out.println(arena.allocateFrom("off the heap").getString(0));
            }
          }
          ModuleLayer.boot().modules().stream().map(Module::getName).sorted().forEach(System.out::println);
        }
      }
      """;

  /** What a user names: the program, profiles, and the tiers and boxes of the profile "default". */
  private static final String NAMED =
      "program,hak.core,hak.policy,hak.tiny,hak.mid,hak.big,"
          + "hak.box.tlssll,hak.box.ssreuse,hak.box.externalguard";

  private static final List<String> EXPECTED =
      List.of(
          "true", // tiny
          "true", // mid
          "true", // large
          "true", // big
          "off the heap",
          "hak.big",
          "hak.box.externalguard",
          "hak.box.ssreuse",
          "hak.box.tlssll",
          "hak.core",
          "hak.mid",
          "hak.policy",
          "hak.tiny",
          "hak.toml",
          "java.base",
          "jdk.jfr",
          "program");

  @Test
  void aLinkedProgramOpensTheDefaultProfile(@TempDir Path folder) throws Exception {
    Path image = folder.resolve("image");
    Path classes = compile(folder.resolve("source"), folder.resolve("classes"));
    run(
        "jlink",
        "--module-path",
        classes + File.pathSeparator + ModulePath.ofUsers(),
        "--add-modules",
        NAMED,
        "--no-header-files",
        "--no-man-pages",
        "--output",
        image.toString());

    Process program =
        new ProcessBuilder(
                image.resolve("bin/java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "--enable-native-access=hak.core",
                "-m",
                "program/program.Main")
            .redirectErrorStream(true)
            .start();
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(program.waitFor(60, TimeUnit.SECONDS));
    assertEquals(EXPECTED, output.lines().toList());
    assertEquals(0, program.exitValue());
  }

  private static Path compile(Path source, Path classes) throws IOException {
    Path descriptor = source.resolve("module-info.java");
    Path main = source.resolve("program/Main.java");
    Files.createDirectories(main.getParent());
    Files.writeString(descriptor, DESCRIPTOR);
    Files.writeString(main, PROGRAM);
    run(
        "javac",
        "--module-path",
        ModulePath.ofUsers(),
        "-d",
        classes.toString(),
        descriptor.toString(),
        main.toString());
    return classes;
  }

  /** Runs a tool of the JDK that runs the tests. */
  private static void run(String tool, String... args) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    int status = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, args);
    assertEquals(0, status, () -> tool + ": " + said);
  }
}
