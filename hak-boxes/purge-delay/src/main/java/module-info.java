/**
 * A learner: sets the purge delay of a stack by what pages of it are used again, and when.
 *
 * @provides hak.core.spi.BoxProvider the learner {@code purge-delay}
 */
module hak.box.purgedelay {
  requires hak.core;
  requires hak.learn;

  opens hak.box.purgedelay to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.purgedelay.PurgeDelayProvider;
}
