/**
 * A slab placement: slabs of a size class go where the last one went.
 *
 * @provides hak.core.spi.BoxProvider the placement {@code hot-hint}
 */
module hak.box.hothint {
  requires hak.core;

  opens hak.box.hothint to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.hothint.HotHintProvider;
}
