package hak.box.lean;

import hak.core.memory.PageRuns;
import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SuperslabSource;
import hak.core.spi.SuperslabSourceProvider;
import java.util.List;
import java.util.Set;

/** Names the source. */
public final class LeanProvider implements SuperslabSourceProvider {
  private static final String KEEP = "keep";
  private static final String AFTER = "after";

  @Override
  public String id() {
    return "lean";
  }

  @Override
  public String summary() {
    return "gives empty superslabs back to the system, but for the few that were emptied last";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.bytes(KEEP, 0, 32L << 30, 4 << 20, "Most memory in empty superslabs kept."),
        Option.count(
            AFTER,
            "superslabs",
            1,
            1 << 20,
            16,
            "One that is kept is old when so many more came or went."));
  }

  @Override
  public Set<String> excludes() {
    return Set.of("ss-prewarm");
  }

  @Override
  public SuperslabSource create(BoxContext context) {
    Settings settings = context.settings();
    int most = (int) (settings.number(KEEP) >> PageRuns.SUPERSLAB_SHIFT);
    return new Lean(context.pageRuns(), new AgeingSuperslabs(most, settings.integer(AFTER)));
  }
}
