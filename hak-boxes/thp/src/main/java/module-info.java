/**
 * A learner: sets from how much memory on big blocks get huge pages.
 *
 * @provides hak.core.spi.BoxProvider the learner {@code thp}
 */
module hak.box.thp {
  requires hak.core;
  requires hak.learn;

  opens hak.box.thp to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.thp.ThpProvider;
}
