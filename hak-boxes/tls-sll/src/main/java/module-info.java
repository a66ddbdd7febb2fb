/**
 * A thread cache: one bounded, last-in-first-out list for each size class.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code tls-sll}
 */
module hak.box.tlssll {
  requires hak.core;

  opens hak.box.tlssll to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.tlssll.TlsSllProvider;
}
