/**
 * The tiers between small blocks and the system: a shared pool of blocks up to 256 KiB, and runs of
 * pages up to 2 MiB.
 *
 * @provides hak.core.spi.BoxProvider the size tier {@code mid} and the large tier {@code large}
 */
module hak.mid {
  requires hak.core;

  opens hak.mid to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.mid.LargeProvider,
      hak.mid.MidProvider;
}
