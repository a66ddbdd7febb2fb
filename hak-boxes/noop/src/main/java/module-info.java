/**
 * A thread cache that never holds anything: the smallest box, and the measure of what composition
 * costs.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code noop}
 */
module hak.box.noop {
  requires hak.core;

  opens hak.box.noop to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.noop.NoopProvider;
}
