/**
 * A thread cache: a bounded array for each size class, no pointer chase.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code ring-cache}
 */
module hak.box.ringcache {
  requires hak.core;

  opens hak.box.ringcache to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.ringcache.RingCacheProvider;
}
