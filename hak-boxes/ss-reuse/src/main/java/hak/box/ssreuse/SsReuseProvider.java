package hak.box.ssreuse;

import hak.core.memory.PageRuns;
import hak.core.memory.SuperslabStack;
import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.SuperslabSource;
import hak.core.spi.SuperslabSourceProvider;
import java.util.List;

/** Names the source. */
public final class SsReuseProvider implements SuperslabSourceProvider {
  private static final String KEEP = "keep";

  @Override
  public String id() {
    return "ss-reuse";
  }

  @Override
  public String summary() {
    return "keeps empty superslabs with their memory, so that using them again faults no page in";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.bytes(
            KEEP,
            PageRuns.SUPERSLAB_BYTES,
            32L << 30,
            64 << 20,
            "Most memory in empty superslabs kept."));
  }

  @Override
  public SuperslabSource create(BoxContext context) {
    int superslabs = (int) (context.settings().number(KEEP) >> PageRuns.SUPERSLAB_SHIFT);
    return new SsReuse(context.pageRuns(), new SuperslabStack(superslabs));
  }
}
