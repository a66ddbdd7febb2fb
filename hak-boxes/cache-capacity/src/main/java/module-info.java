/**
 * A learner: how much of its capacity the thread cache {@code tls-sll} uses, down to none.
 *
 * @provides hak.core.spi.BoxProvider the learner {@code cache-capacity}
 */
module hak.box.cachecapacity {
  requires hak.core;
  requires hak.learn;

  opens hak.box.cachecapacity to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.cachecapacity.CacheCapacityProvider;
}
