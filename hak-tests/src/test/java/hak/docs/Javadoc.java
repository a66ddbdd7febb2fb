package hak.docs;

import static java.util.stream.Collectors.joining;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import java.util.List;

/** The text of a comment as Markdown: names in backticks, on one line. */
final class Javadoc {
  static String inMarkdown(List<? extends DocTree> parts) {
    return parts.stream().map(Javadoc::inMarkdown).collect(joining()).replaceAll("\\s+", " ");
  }

  private static String inMarkdown(DocTree part) {
    return switch (part) {
      case LiteralTree code -> "`" + code.getBody().getBody().strip() + "`";
      case LinkTree link -> "`" + shortName(link.getReference().getSignature()) + "`";
      default -> part.toString();
    };
  }

  /** A type without its package, a method with its type. */
  private static String shortName(String signature) {
    return signature.replaceFirst("^([a-z]\\w*\\.)+(?=[A-Z])", "").replace('#', '.');
  }

  private Javadoc() {}
}
