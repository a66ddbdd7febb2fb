package hak.box.sizesample;

import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Option;
import java.util.List;

/** Names the observer. */
public final class SizeSampleProvider implements ObserverProvider {
  private static final String INTERVAL = "interval";

  /** What it counts: requests by size, in steps of 16 bytes from 0 on, up to the largest block. */
  private static final String REQUESTS = "requests";

  @Override
  public String id() {
    return "size-sample";
  }

  @Override
  public String summary() {
    return "counts for learners which sizes are asked for, at one call of many";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(
            INTERVAL,
            "calls",
            1,
            1 << 24,
            64,
            "Calls of a thread from one that is looked at to the next, on average; it is drawn anew"
                + " each time."));
  }

  @Override
  public Observer create(BoxContext context) {
    int steps = SizeClasses.MAX_BLOCK_BYTES / SampledSizes.STEP_BYTES + 1;
    return new SizeSample(context.counters(REQUESTS, steps), context.settings().integer(INTERVAL));
  }
}
