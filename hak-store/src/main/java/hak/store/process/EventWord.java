package hak.store.process;

import hak.core.os.SharedWait;
import hak.store.file.Region;

/**
 * A count of events in the mapped file that threads of all processes sleep on until it has changed.
 * A virtual thread does not hold its carrier meanwhile: {@link Relay}.
 *
 * <p>Any thread that holds the mapping.
 */
final class EventWord {
  private final Region region;
  private final long at;
  private final Relay relay;

  EventWord(Region region, long at) {
    this.region = region;
    this.at = at;
    relay = new Relay(region, at);
  }

  int value() {
    return region.getIntVolatile(at);
  }

  /**
   * Sleeps while the count is {@code expected}; ends on a wake, when the time is over, or for no
   * reason.
   */
  void await(int expected, long nanos) {
    if (Thread.currentThread().isVirtual()) {
      relay.await(expected, nanos);
    } else {
      SharedWait.await(region.memory(), at, expected, nanos);
    }
  }

  /** Counts an event and wakes everybody in any process. */
  void advance() {
    region.addInt(at, 1);
    SharedWait.wakeAll(region.memory(), at);
  }
}
