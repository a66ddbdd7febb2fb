/**
 * The tier for small sizes: blocks carved from slabs of one page, owned by thread heaps.
 *
 * @provides hak.core.spi.BoxProvider the size tier {@code tiny}
 */
module hak.tiny {
  requires hak.core;

  opens hak.tiny to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.tiny.TinyProvider;
}
