/**
 * A thread cache: holds nothing itself, fills the other caches of a new heap.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code prewarm}
 */
module hak.box.prewarm {
  requires hak.core;

  opens hak.box.prewarm to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.prewarm.PrewarmProvider;
}
