package hak.box.ssprewarm;

import hak.core.memory.SuperslabStack;
import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SuperslabSource;
import hak.core.spi.SuperslabSourceProvider;
import java.util.List;

/** Names the source. */
public final class SsPrewarmProvider implements SuperslabSourceProvider {
  private static final String SUPERSLABS = "superslabs";
  private static final String TOUCH = "touch";

  @Override
  public String id() {
    return "ss-prewarm";
  }

  @Override
  public String summary() {
    return "has some superslabs ready from the start, their memory with them";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(SUPERSLABS, "superslabs", 1, 1024, 4, "How many of 2 MiB are ready."),
        Option.flag(TOUCH, true, "Have their memory there too, so that no page faults in later."));
  }

  @Override
  public SuperslabSource create(BoxContext context) {
    Settings settings = context.settings();
    int superslabs = settings.integer(SUPERSLABS);
    return new SsPrewarm(
        context.pageRuns(), new SuperslabStack(superslabs), superslabs, settings.flag(TOUCH));
  }
}
