package hak.box.frontmetrics;

import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Settings;

/** Names the observer. */
public final class FrontMetricsProvider implements ObserverProvider {
  @Override
  public String id() {
    return "front-metrics";
  }

  @Override
  public String summary() {
    return "counts pops, hits, pushes and accepted blocks of every layer, by size class and thread";
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(layers * FrontMetrics.COUNTERS_BYTES);
  }

  @Override
  public Observer create(BoxContext context) {
    int layers = context.layers();
    return new FrontMetrics(
        context.memory(),
        context.perClass(layers * FrontMetrics.COUNTERS_BYTES),
        layers,
        context.sizeClasses().last());
  }
}
