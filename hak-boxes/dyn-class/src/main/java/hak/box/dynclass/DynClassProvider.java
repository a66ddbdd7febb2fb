package hak.box.dynclass;

import hak.core.memory.PageTable;
import hak.core.memory.Round;
import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Names the learner. */
public final class DynClassProvider implements LearnerProvider {
  private static final String WINDOW = "window";
  private static final String REQUESTS = "requests";
  private static final String TIER = "mid";
  private static final String SAMPLE = "size-sample";

  @Override
  public String id() {
    return "dyn-class";
  }

  @Override
  public String summary() {
    return "advises size classes for the middle tier, by the sizes that are asked for";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(WINDOW, "ms", 10, 60_000, 1_000, "How often it looks at what was counted."),
        Option.count(
            REQUESTS,
            "requests",
            100,
            1L << 40,
            5_000,
            "A round ends with the first window after which so many were looked at."));
  }

  @Override
  public Set<String> turns() {
    return Set.of();
  }

  @Override
  public Set<String> advises() {
    return Set.of(ClassLearner.KEY);
  }

  @Override
  public Set<String> requires() {
    return Set.of(TIER, SAMPLE);
  }

  @Override
  public Learner create(BoxContext context) {
    Settings settings = context.settings();
    SizeClasses classes = context.sizeClasses();
    return new DynClass(
        settings.number(WINDOW),
        new ClassLearner(
            new SampledRequests(
                context.countedAll("box." + SAMPLE + ".requests"),
                SizeClasses.MAX_BLOCK_BYTES,
                settings.number(REQUESTS)),
            size -> blockBytes(classes, size),
            largestBelow(context),
            said(context),
            SizeClasses.MAX_BLOCK_BYTES));
  }

  /** Of the block that serves a size; beyond the classes it is a run of pages. */
  private static int blockBytes(SizeClasses classes, int size) {
    return size <= classes.largestBytes()
        ? classes.bytes(classes.of(size))
        : (int) Round.up(size, PageTable.PAGE_BYTES);
  }

  /** The largest block of the tiers before the middle one: what is added there has no effect. */
  private static int largestBelow(BoxContext context) {
    SizeClasses classes = context.sizeClasses();
    int below = 0;
    for (int each = 1; each <= classes.last() && !context.tierOf(each).equals(TIER); each++) {
      below = classes.bytes(each);
    }
    return below;
  }

  /** The classes that the profile adds already. */
  private static List<String> said(BoxContext context) {
    return switch (context.said().get(ClassLearner.KEY)) {
      case List<?> list -> list.stream().map(Object::toString).toList();
      case String text ->
          Stream.of(text.split(";")).map(String::strip).filter(each -> !each.isEmpty()).toList();
      case null, default -> List.of();
    };
  }
}
