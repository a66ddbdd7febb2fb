/**
 * A learner: sets from which size on a larger block serves a request in the middle tier.
 *
 * @provides hak.core.spi.BoxProvider the learner {@code w-max}
 */
module hak.box.wmax {
  requires hak.core;
  requires hak.learn;

  opens hak.box.wmax to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.wmax.WMaxProvider;
}
