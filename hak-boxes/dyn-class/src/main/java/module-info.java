/**
 * A learner: advises which size classes the middle tier of the next stack should have more.
 *
 * @provides hak.core.spi.BoxProvider the learner {@code dyn-class}
 */
module hak.box.dynclass {
  requires hak.core;
  requires hak.learn;

  opens hak.box.dynclass to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.dynclass.DynClassProvider;
}
