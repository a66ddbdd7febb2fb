package hak.box.purgedelay;

import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;
import java.util.Set;

/** Names the learner. */
public final class PurgeDelayProvider implements LearnerProvider {
  private static final String WINDOW = "window";
  private static final String LEAST = "least";
  private static final String DOUBLINGS = "doublings";
  private static final String WORTH = "worth";

  @Override
  public String id() {
    return "purge-delay";
  }

  @Override
  public String summary() {
    return "how long free pages are kept before they go back, by what is used again and when";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(WINDOW, "ms", 10, 60_000, 1_000, "How often it looks at the pages."),
        Option.count(LEAST, "ms", 10, 60_000, 1_000, "The shortest delay that it tries."),
        Option.count(
            DOUBLINGS,
            "times",
            0,
            10,
            5,
            "The longest is the shortest, doubled so often; never more than an hour."),
        Option.count(
            WORTH,
            "s",
            1,
            3_600,
            10,
            "A page that is given back and faulted in again costs as much as one that is kept for"
                + " so long."));
  }

  @Override
  public Set<String> turns() {
    return Set.of(DelayLearner.KEY);
  }

  @Override
  public Learner create(BoxContext context) {
    Settings settings = context.settings();
    long windowMillis = settings.number(WINDOW);
    DelayGrid grid =
        DelayGrid.doubling(settings.number(LEAST), settings.integer(DOUBLINGS), windowMillis);
    return new PurgeDelay(
        windowMillis,
        new IdlePages(context.pageRuns()),
        new DelayLearner(grid, settings.number(WORTH)));
  }
}
