/**
 * A size tier: blocks up to 1 KiB from units of 1 MiB, handed to the caches several at a time.
 *
 * @provides hak.core.spi.BoxProvider the size tier {@code small-mid-slabs}
 */
module hak.box.smallmidslabs {
  requires hak.core;

  opens hak.box.smallmidslabs to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.smallmidslabs.SmallMidSlabsProvider;
}
