/**
 * A learner: advises which tier should serve which sizes in the next stack.
 *
 * @provides hak.core.spi.BoxProvider the learner {@code route}
 */
module hak.box.route {
  requires hak.core;
  requires hak.learn;

  opens hak.box.route to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.route.RouteProvider;
}
