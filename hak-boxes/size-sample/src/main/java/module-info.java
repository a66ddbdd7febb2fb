/**
 * An observer: counts, by sampling, for which sizes a program asks.
 *
 * @provides hak.core.spi.BoxProvider the observer {@code size-sample}
 */
module hak.box.sizesample {
  requires hak.core;

  opens hak.box.sizesample to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.sizesample.SizeSampleProvider;
}
