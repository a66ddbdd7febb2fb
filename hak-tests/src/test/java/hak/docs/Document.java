package hak.docs;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** What a text in Markdown has in it, each piece with its line. */
final class Document {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();

  /**
   * A piece of a document.
   *
   * @param section the heading it is under
   * @param info what follows the fence of a block of code; otherwise empty
   */
  record Passage(String text, int line, String section, String info) {}

  private final String name;
  private final Path file;
  private final List<Passage> prose = new ArrayList<>();
  private final List<Passage> spans = new ArrayList<>();
  private final List<Passage> blocks = new ArrayList<>();
  private final List<Passage> links = new ArrayList<>();
  private final List<String> sections = new ArrayList<>();

  private Document(String name, Path file) {
    this.name = name;
    this.file = file;
  }

  static Document read(Path file) {
    try {
      return of(Project.ROOT.relativize(file).toString(), file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that is or could be in a file; its links are relative to it. */
  static Document of(String name, Path file, String text) {
    Document document = new Document(name, file);
    PARSER.parse(text).accept(document.new Reader());
    return document;
  }

  Path file() {
    return file;
  }

  /** Sentences, outside of code. */
  List<Passage> prose() {
    return prose;
  }

  /** Code in a line. */
  List<Passage> spans() {
    return spans;
  }

  /** Code that stands alone. */
  List<Passage> blocks() {
    return blocks;
  }

  /** Where links lead. */
  List<Passage> links() {
    return links;
  }

  /** The headings. */
  List<String> sections() {
    return sections;
  }

  /** Everything outside of links. */
  Stream<Passage> all() {
    return Stream.of(prose, spans, blocks).flatMap(List::stream);
  }

  /** Blocks that show neither a shell nor what a command prints: code and pictures. */
  Stream<Passage> pictures() {
    return blocks.stream()
        .filter(block -> block.info().isEmpty() || block.info().equals("java"))
        .filter(block -> !block.text().startsWith("$ ") && !block.text().startsWith("Usage: "));
  }

  /** What is typed into a shell. */
  Stream<Passage> shellLines() {
    return blocks.stream()
        .flatMap(block ->
            block
                .text()
                .lines()
                .filter(line -> line.startsWith("$ "))
                .map(line -> new Passage(line, block.line(), block.section(), "")));
  }

  /** What links to sections end with. */
  Set<String> anchors() {
    return sections.stream()
        .map(section -> section.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
        .map(section -> section.replace(' ', '-'))
        .collect(toSet());
  }

  @Override
  public String toString() {
    return name;
  }

  /** Sorts what it meets. */
  private final class Reader extends AbstractVisitor {
    private String section = "";

    @Override
    public void visit(Heading heading) {
      int spansBefore = spans.size();
      int proseBefore = prose.size();
      visitChildren(heading);
      StringBuilder title = new StringBuilder();
      prose.subList(proseBefore, prose.size()).forEach(part -> title.append(part.text()));
      spans.subList(spansBefore, spans.size()).forEach(part -> title.append(part.text()));
      section = title.toString();
      sections.add(section);
    }

    @Override
    public void visit(Text text) {
      prose.add(passage(text, text.getLiteral(), ""));
    }

    @Override
    public void visit(Code code) {
      spans.add(passage(code, code.getLiteral(), ""));
    }

    @Override
    public void visit(FencedCodeBlock block) {
      blocks.add(passage(block, block.getLiteral(), block.getInfo()));
    }

    @Override
    public void visit(Link link) {
      links.add(passage(link, link.getDestination(), ""));
      visitChildren(link);
    }

    private Passage passage(Node node, String text, String info) {
      Node placed = node;
      while (placed.getSourceSpans().isEmpty()) {
        placed = placed.getParent();
      }
      return new Passage(
          text, placed.getSourceSpans().getFirst().getLineIndex() + 1, section, info);
    }
  }
}
