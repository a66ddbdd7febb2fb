package hak.box.wmax;

import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;
import java.util.Set;

/** Names the learner. */
public final class WMaxProvider implements LearnerProvider {
  private static final String WINDOW = "window";
  private static final String WORTH = "worth";

  @Override
  public String id() {
    return "w-max";
  }

  @Override
  public String summary() {
    return "from which size on a larger block of the middle tier serves, by what misses cost";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(WINDOW, "ms", 10, 60_000, 1_000, "How often it looks at the middle tier."),
        Option.count(
            WORTH,
            "s",
            0,
            3_600,
            10,
            "A byte of a slab that is taken fresh costs as much as one that is held for so long."));
  }

  @Override
  public Set<String> turns() {
    return Set.of(WMaxLearner.KEY);
  }

  @Override
  public Learner create(BoxContext context) {
    Settings settings = context.settings();
    TierCosts costs =
        new TierCosts(
            context.counted("tier.mid.claimed-bytes"),
            context.counted("tier.mid.released-bytes"),
            context.counted("tier.mid.lent-blocks"),
            settings.number(WORTH));
    return new WMax(settings.number(WINDOW), new WMaxLearner(costs));
  }
}
