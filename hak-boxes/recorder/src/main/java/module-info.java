/**
 * An observer: writes every call of a stack to a file, to be replayed.
 *
 * @provides hak.core.spi.BoxProvider the observer {@code recorder}
 */
module hak.box.recorder {
  requires hak.core;

  opens hak.box.recorder to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.recorder.RecorderProvider;
}
