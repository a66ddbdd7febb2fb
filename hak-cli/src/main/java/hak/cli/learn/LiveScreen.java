package hak.cli.learn;

import hak.bench.live.LiveReport;
import hak.bench.live.LiveSample;
import hak.bench.live.LiveStep;
import hak.bench.live.LiveWatcher;
import hak.cli.output.Page;
import hak.cli.output.Paint;
import hak.cli.output.Screen;
import hak.cli.output.TextTable;
import hak.core.Policy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Learners at work, as a picture that is drawn anew on the screen of a terminal. */
final class LiveScreen implements LiveWatcher {
  /** Between two pictures: as often as they can be read. */
  private static final double LEAST_SECONDS = 0.25;

  /** More do not fit below each other. */
  private static final int MOST_PLOTS = 2;

  private final Screen screen;
  private final Page page;
  private final String title;
  private double shownSeconds = -LEAST_SECONDS;

  /** On a screen that is drawn on by this alone, from now on. */
  LiveScreen(Screen screen, Page page, String title) {
    this.screen = screen;
    this.page = page;
    this.title = title;
    screen.draw(List.of(title, "", "reads the program"));
  }

  @Override
  public void looked(List<LiveSample> samples, Policy policy, List<LiveStep> news) {
    LiveSample sample = samples.getLast();
    if (sample.seconds() - shownSeconds >= LEAST_SECONDS) {
      shownSeconds = sample.seconds();
      screen.draw(picture(samples, sample, policy));
    }
  }

  private List<String> picture(List<LiveSample> samples, LiveSample sample, Policy policy) {
    StringWriter text = new StringWriter();
    Page lines = new Page(new PrintWriter(text), page.ansi());
    lines.println(lines.paint(Paint.HEADING, title));
    lines.printf(
        "%.0f s, generation %s, resident %s, %s calls%n%n",
        sample.seconds(),
        TextTable.grouped(sample.generation()),
        LiveTables.mebibytes(sample.residentBytes()),
        LiveTables.millions(sample.callsPerSecond()));
    lines.print(LiveTables.learners(policy.learners(), sample.seconds()));
    if (sample.windows() == 0) {
      lines.println("no window yet: a stack that holds 16 MiB or less has none");
    }
    lines.println();
    List<Policy.Setting> settings = LiveReport.turned(policy);
    if (!settings.isEmpty()) {
      lines.print(LiveTables.settings(settings));
    }
    if (!policy.advice().isEmpty()) {
      lines.println();
      lines.print(LiveTables.advice(policy.advice()));
    }
    for (int i = 0; i < Math.min(MOST_PLOTS, settings.size()); i++) {
      lines.println();
      LivePicture.lines(settings.get(i), LiveReport.values(samples, i), samples)
          .forEach(lines::println);
    }
    lines.println();
    lines.println("Ctrl-C ends it with what there is");
    lines.flush();
    return text.toString().lines().toList();
  }
}
