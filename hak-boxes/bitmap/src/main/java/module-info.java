/**
 * A size tier: blocks up to 1 KiB from slabs of a thread with a bitmap of their free blocks instead
 * of a list.
 *
 * @provides hak.core.spi.BoxProvider the size tier {@code bitmap}
 */
module hak.box.bitmap {
  requires hak.core;

  opens hak.box.bitmap to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.bitmap.BitmapProvider;
}
