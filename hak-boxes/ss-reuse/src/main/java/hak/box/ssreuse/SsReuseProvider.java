package hak.box.ssreuse;

import hak.core.memory.PageRuns;
import hak.core.spi.BoxContext;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import hak.core.spi.Role;
import hak.core.spi.SuperslabSource;
import java.util.List;

/** Names the source. */
public final class SsReuseProvider implements BoxProvider {
  private static final String KEEP = "keep";

  /** For the service loader. */
  public SsReuseProvider() {}

  @Override
  public String id() {
    return "ss-reuse";
  }

  @Override
  public Role role() {
    return Role.SUPERSLAB_SOURCE;
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
    return new SsReuse(context.pageRuns(), new Shelf(superslabs));
  }
}
