package hak.bench.ab;

import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names a cache that takes time and does nothing: what a slowed stack is made with. */
public final class DragProvider implements ThreadCacheProvider {
  private static final Option STEPS =
      Option.count("steps", "steps", 0, 1_000, 1, "Work for each block that is asked for.");

  @Override
  public String id() {
    return "drag";
  }

  @Override
  public String summary() {
    return "takes time";
  }

  @Override
  public List<Option> options() {
    return List.of(STEPS);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new Drag(context.settings().integer(STEPS.name()));
  }
}
