/**
 * A guard: counts and reports frees of addresses that nobody owns.
 *
 * @provides hak.core.spi.BoxProvider the guard {@code external-guard}
 */
module hak.box.externalguard {
  requires hak.core;

  opens hak.box.externalguard to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.externalguard.ExternalGuardProvider;
}
