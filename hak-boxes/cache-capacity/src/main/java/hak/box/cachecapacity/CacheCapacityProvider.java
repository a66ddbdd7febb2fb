package hak.box.cachecapacity;

import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;
import java.util.Set;

/** Names the learner. */
public final class CacheCapacityProvider implements LearnerProvider {
  private static final String WINDOW = "window";
  private static final String LEAST = "least";

  @Override
  public String id() {
    return "cache-capacity";
  }

  @Override
  public String summary() {
    return "whether tls-sll keeps blocks or none, by what passes it";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(WINDOW, "ms", 10, 60_000, 250, "How often it looks at what was handed over."),
        Option.count(
            LEAST,
            "blocks",
            1,
            1_000_000_000,
            200_000,
            "While tiers hand over fewer than so many blocks in a second, nothing is tried."));
  }

  @Override
  public Set<String> turns() {
    return Set.of(PartLearner.KEY);
  }

  @Override
  public Set<String> requires() {
    return Set.of("tls-sll");
  }

  @Override
  public Learner create(BoxContext context) {
    Settings settings = context.settings();
    return new CacheCapacity(
        settings.number(WINDOW), new PartLearner(context.listRooms(), settings.number(LEAST)));
  }
}
