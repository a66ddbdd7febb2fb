package hak.box.sizesample;

import hak.core.spi.CallLog;
import hak.core.spi.Observer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Watches no layer: layers know no sizes. It has every call told.
 *
 * @param requests where requests are counted, by size
 * @param interval calls from one that is looked at to the next, on average
 */
record SizeSample(AtomicLongArray requests, int interval) implements Observer {
  @Override
  public void popped(int heap, int layer, int sizeClass, boolean hit) {
    // A class does not say what was asked for.
  }

  @Override
  public void pushed(int heap, int layer, int sizeClass, boolean accepted) {
    // A class does not say what was asked for.
  }

  @Override
  public List<Count> counts(int heap) {
    return List.of();
  }

  @Override
  public CallLog callLog() {
    return new SampledSizes(requests, interval);
  }
}
