/**
 * A slab placement: slabs of a size class come from a few hot superslabs.
 *
 * @provides hak.core.spi.BoxProvider the placement {@code hot-set}
 */
module hak.box.hotset {
  requires hak.core;

  opens hak.box.hotset to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.hotset.HotSetProvider;
}
