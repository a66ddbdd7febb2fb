/**
 * A thread cache: a few slots for each size class.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code quick-slot}
 */
module hak.box.quickslot {
  requires hak.core;

  opens hak.box.quickslot to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.quickslot.QuickSlotProvider;
}
