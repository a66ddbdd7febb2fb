package hak.cli.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What is around a report: head, style, and the element that has all of it. */
final class PageFrame {
  private PageFrame() {}

  /**
   * Begins a page.
   *
   * @param sheets its style sheets, among the resources of this package
   */
  static void begin(Html html, String title, String... sheets) {
    html.raw("<!DOCTYPE html>\n").begin("html", "lang", "en").begin("head");
    html.raw("<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.element("title", title).begin("style");
    for (String sheet : sheets) {
      html.raw(text(sheet));
    }
    html.end().end().begin("body").begin("main");
  }

  /** Ends a page. */
  static void end(Html html) {
    html.end().end().end();
  }

  private static String text(String sheet) {
    try (InputStream in = PageFrame.class.getResourceAsStream(sheet)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
