/**
 * A thread cache: blocks for requests of 16 and 32 bytes, and of no other size.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code ultra-hot}
 */
module hak.box.ultrahot {
  requires hak.core;

  opens hak.box.ultrahot to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.ultrahot.UltraHotProvider;
}
