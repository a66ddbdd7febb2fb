package hak.cli.html;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Shows a page in a real browser without a screen, as wide as a phone, where there is one. */
public final class PhoneBrowser {
  private static final int WIDEST = 500;
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern MEASURED = Pattern.compile("<title>(\\d+) (\\d+) (\\d+)</title>");

  /** Writes what is to be known into the title: plots, width of the window, of the page. */
  private static final String MEASURE =
      "<script>document.title=[document.querySelectorAll('svg').length,innerWidth,"
          + "document.documentElement.scrollWidth].join(' ')</script></html>";

  private PhoneBrowser() {}

  private static Optional<Path> browser() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * How many plots there are on a page, no part of which is wider than the window.
   *
   * @param folder for what a browser needs
   * @return empty where there is no browser that starts
   */
  public static OptionalInt plotsOf(String page, Path folder) throws IOException {
    Optional<Path> browser = browser();
    if (browser.isEmpty()) {
      return OptionalInt.empty();
    }
    Path file = folder.resolve("on-a-phone.html");
    assertTrue(page.contains("</html>"), "a whole page");
    Files.writeString(file, page.replace("</html>", MEASURE));
    Path dom = folder.resolve("shown.html");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=400,800",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
    Matcher title = MEASURED.matcher(Files.readString(dom));
    if (!title.find()) {
      return OptionalInt.empty();
    }
    int width = Integer.parseInt(title.group(2));
    assertTrue(width > 0 && width <= WIDEST, title.group());
    assertTrue(Integer.parseInt(title.group(3)) <= width, title.group());
    return OptionalInt.of(Integer.parseInt(title.group(1)));
  }
}
