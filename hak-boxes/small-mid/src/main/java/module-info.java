/**
 * A thread cache: blocks of 256 bytes to 1 KiB, in front of other caches.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code small-mid}
 */
module hak.box.smallmid {
  requires hak.core;

  opens hak.box.smallmid to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.smallmid.SmallMidProvider;
}
