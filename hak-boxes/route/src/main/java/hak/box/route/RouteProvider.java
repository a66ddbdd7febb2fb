package hak.box.route;

import hak.core.Hak;
import hak.core.memory.HandedLists;
import hak.core.spi.BoxContext;
import hak.core.spi.BoxProvider;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Role;
import hak.core.spi.Settings;
import java.util.List;
import java.util.Set;

/** Names the learner. */
public final class RouteProvider implements LearnerProvider {
  private static final String WINDOW = "window";
  private static final String LEAST = "least";
  private static final String CLASSES = "classes";

  @Override
  public String id() {
    return "route";
  }

  @Override
  public String summary() {
    return "advises which tier should serve which sizes, by how their blocks come and go";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(WINDOW, "ms", 10, 60_000, 250, "How often it looks at the slabs."),
        Option.count(
            LEAST,
            "calls",
            1,
            1_000_000_000,
            100_000,
            "While fewer calls of the sizes that it knows of pass the caches in a second, nothing"
                + " is learned."));
  }

  @Override
  public Set<String> turns() {
    return Set.of();
  }

  @Override
  public Set<String> advises() {
    return Set.of(RouteLearner.KEY);
  }

  @Override
  public boolean countsLists() {
    return true;
  }

  @Override
  public Learner create(BoxContext context) {
    Settings settings = context.settings();
    HandedLists lists = context.listRooms().handed();
    return new Route(
        settings.number(WINDOW),
        new RouteLearner(
            classes(context),
            lists == null
                ? null
                : new ClassFlows(lists, new SlabLooks(context.pages(), context.pageRuns())::look),
            settings.number(LEAST)));
  }

  private static TierClasses classes(BoxContext context) {
    List<BoxProvider> tiers =
        Hak.boxes().stream().filter(box -> box.role() == Role.SIZE_TIER).toList();
    TierClasses classes =
        TierClasses.of(
            context.sizeClasses(),
            context::tierOf,
            tiers.stream().map(BoxProvider::id).toList(),
            context.said());
    Object choice = context.said().get("tier." + classes.tier() + "." + CLASSES);
    return choice == null ? classes : classes.withChoice(tiersWith(tiers, choice));
  }

  /** Those whose block sizes can be chosen alike. */
  private static List<String> tiersWith(List<BoxProvider> tiers, Object choice) {
    return tiers.stream()
        .filter(tier ->
            tier.options().stream()
                .anyMatch(
                    option -> option.name().equals(CLASSES) && option.choices().contains(choice)))
        .map(BoxProvider::id)
        .toList();
  }
}
