/**
 * A thread cache: an array for each size class, refilled from the tier.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code fast-cache}
 */
module hak.box.fastcache {
  requires hak.core;

  opens hak.box.fastcache to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.fastcache.FastCacheProvider;
}
