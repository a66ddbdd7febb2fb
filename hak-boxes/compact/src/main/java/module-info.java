/**
 * A slab placement: slabs of small classes are packed into superslabs of their own.
 *
 * @provides hak.core.spi.BoxProvider the placement {@code compact}
 */
module hak.box.compact {
  requires hak.core;

  opens hak.box.compact to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.compact.CompactProvider;
}
