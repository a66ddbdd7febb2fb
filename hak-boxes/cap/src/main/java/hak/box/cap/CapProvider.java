package hak.box.cap;

import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;
import java.util.Set;

/** Names the learner. */
public final class CapProvider implements LearnerProvider {
  private static final String WINDOW = "window";
  private static final String TARGET = "target";
  private static final String DEAD_BAND = "dead-band";
  private static final String LEAST = "least";

  @Override
  public String id() {
    return "cap";
  }

  @Override
  public String summary() {
    return "how the byte budget is divided between superslabs and big blocks, by their hit rates";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(WINDOW, "ms", 10, 60_000, 1_000, "How often it looks at what was kept."),
        Option.count(
            TARGET,
            "%",
            1,
            100,
            90,
            "A hit rate that is good enough: of what could have been kept, so much was."),
        Option.count(DEAD_BAND, "%", 0, 50, 5, "So far from the target nothing is done."),
        Option.count(LEAST, "%", 0, 50, 10, "Each of the two has so much of the budget at least."));
  }

  @Override
  public Set<String> turns() {
    return Set.of(CapLearner.KEY);
  }

  @Override
  public Learner create(BoxContext context) {
    Settings settings = context.settings();
    return new Cap(
        settings.number(WINDOW),
        new CapLearner(
            context.keepBudget(),
            settings.number(TARGET) / 100.0,
            settings.number(DEAD_BAND) / 100.0,
            settings.number(LEAST)));
  }
}
