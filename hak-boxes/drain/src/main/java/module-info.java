/**
 * A thread cache: holds nothing itself, gives back from the other caches every so many frees.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code drain}
 */
module hak.box.drain {
  requires hak.core;

  opens hak.box.drain to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.drain.DrainProvider;
}
