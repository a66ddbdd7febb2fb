/**
 * The last tier: blocks out of address ranges that are mapped in bulk.
 *
 * @provides hak.core.spi.BoxProvider the large tier {@code big}
 */
module hak.big {
  requires hak.core;

  opens hak.big to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.big.BigProvider;
}
