package hak.cli.html;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes elements of HTML and SVG; all text is escaped. */
final class Html {
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Html begin(String name, String... attributes) {
    text.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"").append(escaped(attributes[i + 1]));
      text.append('"');
    }
    text.append('>');
    open.push(name);
    return this;
  }

  /** Ends the element that was begun last. */
  Html end() {
    text.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element with text alone. */
  Html element(String name, String content, String... attributes) {
    begin(name, attributes);
    text.append(escaped(content));
    return end();
  }

  /** What is HTML, or a style sheet, as it is. */
  Html raw(String html) {
    text.append(html);
    return this;
  }

  private static String escaped(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
