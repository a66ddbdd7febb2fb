/**
 * An observer: remembers the last events of each thread.
 *
 * @provides hak.core.spi.BoxProvider the observer {@code trace-ring}
 */
module hak.box.tracering {
  requires hak.core;

  opens hak.box.tracering to
      hak.core;

  provides hak.core.spi.BoxProvider with
      hak.box.tracering.TraceRingProvider;
}
