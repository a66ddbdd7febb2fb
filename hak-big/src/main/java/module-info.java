/**
 * The last tier: each block a mapping of its own.
 *
 * @provides hak.core.spi.BoxProvider the large tier {@code big}
 */
module hak.big {
  requires hak.core;

  provides hak.core.spi.BoxProvider with
      hak.big.BigProvider;
}
