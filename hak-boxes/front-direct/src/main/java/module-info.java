/**
 * A thread cache: an array for each size class between which and the tier nothing stands.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code front-direct}
 */
module hak.box.frontdirect {
  requires hak.core;

  opens hak.box.frontdirect to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.frontdirect.FrontDirectProvider;
}
