/**
 * A size tier: blocks with a header in front of each, to measure its tax.
 *
 * @provides hak.core.spi.BoxProvider the tier {@code in-band-header}
 */
module hak.box.inbandheader {
  requires hak.core;

  opens hak.box.inbandheader to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.inbandheader.InBandHeaderProvider;
}
