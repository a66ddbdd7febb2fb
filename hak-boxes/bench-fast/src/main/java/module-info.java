/**
 * A thread cache: pools made beforehand, with every cost of safety off.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code bench-fast}
 */
module hak.box.benchfast {
  requires hak.core;

  opens hak.box.benchfast to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.benchfast.BenchFastProvider;
}
