package hak.box.thp;

import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Names the learner. */
public final class ThpProvider implements LearnerProvider {
  private static final String WINDOW = "window";
  private static final String WORTH = "worth";
  private static final double MIB = 1 << 20;

  @Override
  public String id() {
    return "thp";
  }

  @Override
  public String summary() {
    return "from how much memory on big blocks get huge pages, by the kernel's time and memory";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(WINDOW, "ms", 10, 60_000, 1_000, "How often it looks at the process."),
        Option.bytes(
            WORTH,
            0,
            1L << 40,
            16L << 30,
            "A processor that does nothing but the kernel's work costs as much as so much memory"
                + " that is resident."));
  }

  @Override
  public Set<String> turns() {
    return Set.of(ThpLearner.KEY);
  }

  @Override
  public Learner create(BoxContext context) {
    Settings settings = context.settings();
    Kernel kernel = new Kernel(Path.of("/"));
    PageCosts costs =
        new PageCosts(
            context.counted("tier.big.huge-fresh-bytes"),
            context.counted("tier.big.small-fresh-bytes"),
            settings.number(WORTH) / MIB);
    return new Thp(
        settings.number(WINDOW), new ThpLearner(kernel::givesHugePages, kernel::use, costs));
  }
}
