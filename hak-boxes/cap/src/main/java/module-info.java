/**
 * A learner: divides the byte budget of a stack between those who keep free memory.
 *
 * @provides hak.core.spi.BoxProvider the learner {@code cap}
 */
module hak.box.cap {
  requires hak.core;
  requires hak.learn;

  opens hak.box.cap to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.cap.CapProvider;
}
