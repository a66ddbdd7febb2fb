/**
 * A size tier: blocks up to 1 KiB from a current page for each thread and size class, the pages of
 * a class in segments of their own.
 *
 * @provides hak.core.spi.BoxProvider the size tier {@code mid-separate}
 */
module hak.box.midseparate {
  requires hak.core;

  opens hak.box.midseparate to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.midseparate.MidSeparateProvider;
}
