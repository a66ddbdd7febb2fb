/**
 * A thread cache: of each size class the blocks of one page, the hot one.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code hot-slab}
 */
module hak.box.hotslab {
  requires hak.core;

  opens hak.box.hotslab to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.hotslab.HotSlabProvider;
}
