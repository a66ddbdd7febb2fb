/**
 * A superslab source: keeps few empty superslabs, and those not for long.
 *
 * @provides hak.core.spi.BoxProvider the source {@code lean}
 */
module hak.box.lean {
  requires hak.core;

  opens hak.box.lean to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.lean.LeanProvider;
}
