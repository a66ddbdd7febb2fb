package hak.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.cli.Commands;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.docs.Document.Passage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What documents show works: classes compile, profiles open, commands have that usage. */
class DocumentExamplesTest {
  @TempDir private Path folder;

  static List<Document> documents() throws IOException {
    return Project.documents().stream().map(Document::read).toList();
  }

  static List<Document> documentsWithClasses() throws IOException {
    return documents().stream()
        .filter(document -> classesIn(document).findAny().isPresent())
        .toList();
  }

  /** Those that are whole, with all imports; the others are pieces. */
  private static Stream<Passage> classesIn(Document document) {
    return document.blocks().stream()
        .filter(block -> block.info().equals("java"))
        .filter(block -> block.text().matches("(?s)(package|import) .*"));
  }

  @ParameterizedTest
  @MethodSource("documentsWithClasses")
  void classesCompile(Document document) {
    DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
    ToolProvider.getSystemJavaCompiler()
        .getTask(
            null,
            null,
            errors,
            List.of("-d", folder.toString(), "-proc:none"),
            null,
            classesIn(document).map(InDocument::new).toList())
        .call();
    assertEquals(List.of(), errors.getDiagnostics());
  }

  /** A class of a document, as the compiler reads it. */
  private static final class InDocument extends SimpleJavaFileObject {
    private final String text;

    private InDocument(Passage block) {
      super(
          URI.create(
              "string:///"
                  + JavaNames.declaredIn(block.text()).findFirst().orElseThrow()
                  + ".java"),
          Kind.SOURCE);
      text = block.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  static List<Passage> profiles() throws IOException {
    return documents().stream()
        .flatMap(document -> document.blocks().stream())
        .filter(block -> block.info().equals("toml"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void profilesOpen(Passage block) throws IOException {
    Path file = Files.writeString(folder.resolve("shown.toml"), block.text());
    try (HakAllocator allocator = Hak.open(file)) {
      assertFalse(allocator.describe().toString().isEmpty());
    }
  }

  private static Document commands() {
    return Document.read(Project.ROOT.resolve("docs/COMMANDS.md"));
  }

  static List<Passage> usages() {
    return commands().blocks().stream()
        .filter(block -> block.text().startsWith("Usage: "))
        .filter(block -> !block.section().equals("hak store-peers")) // a program of its own
        .toList();
  }

  @ParameterizedTest
  @MethodSource("usages")
  void usageIsThatOfTheHelp(Passage block) {
    CommandLine command = Commands.all();
    for (String word : block.section().substring("hak ".length()).split(" ", -1)) {
      command = command.getSubcommands().get(word);
    }
    String help = command.getUsageMessage();
    assertEquals(help.substring(0, help.indexOf("\n\n") + 1), block.text());
  }

  @Test
  void everyCommandHasASection() throws IOException {
    String headings = String.join(", ", commands().sections()) + ",";
    for (String command : new CommandNames(Project.sources()).leaves()) {
      assertTrue(headings.contains(command + ","), command);
    }
  }
}
