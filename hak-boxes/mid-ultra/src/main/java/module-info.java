/**
 * A size tier: blocks up to 1 KiB from pages that a thread never shares, one list and one carve
 * offset for each size class.
 *
 * @provides hak.core.spi.BoxProvider the size tier {@code mid-ultra}
 */
module hak.box.midultra {
  requires hak.core;

  opens hak.box.midultra to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.midultra.MidUltraProvider;
}
