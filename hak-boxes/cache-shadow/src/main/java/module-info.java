/**
 * An observer: says, by sampling, what thread caches of other capacities would have done.
 *
 * @provides hak.core.spi.BoxProvider the observer {@code cache-shadow}
 */
module hak.box.cacheshadow {
  requires hak.core;

  opens hak.box.cacheshadow to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.cacheshadow.CacheShadowProvider;
}
