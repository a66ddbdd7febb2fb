/**
 * A thread cache: a run of neighbours for each size class, and a small magazine.
 *
 * @provides hak.core.spi.BoxProvider the cache {@code bump-front}
 */
module hak.box.bumpfront {
  requires hak.core;

  opens hak.box.bumpfront to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.bumpfront.BumpFrontProvider;
}
