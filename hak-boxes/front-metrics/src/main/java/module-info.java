/**
 * An observer: counts what every layer does, by size class.
 *
 * @provides hak.core.spi.BoxProvider the observer {@code front-metrics}
 */
module hak.box.frontmetrics {
  requires hak.core;

  opens hak.box.frontmetrics to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.frontmetrics.FrontMetricsProvider;
}
