package hak.box.tracering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.LayerEvent;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.ObserverContract;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceRingTest extends ObserverContract {
  private static final int EVENTS = 32;

  @Override
  protected String box() {
    return "trace-ring";
  }

  @Override
  protected boolean countsAll() {
    return false;
  }

  @Override
  protected boolean counts() {
    return false;
  }

  private static HakAllocator open() {
    return Hak.open(
        Profile.ofTiers("traced", List.of("tiny"))
            .with(Section.OBSERVERS, List.of("trace-ring"))
            .withSetting("trace-ring", "events", (long) EVENTS - 1));
  }

  @Test
  void remembersEachCallInOrder() {
    try (HakAllocator allocator = open()) {
      long block = allocator.malloc(24);
      allocator.free(block);
      allocator.malloc(100);
      // The first call of a thread counts too: it goes the slow way.
      assertEquals(
          List.of(
              new LayerEvent(0, 0, "tiny", 32, false, true),
              new LayerEvent(0, 1, "tiny", 32, true, true),
              new LayerEvent(0, 2, "tiny", 112, false, true)),
          allocator.recentEvents());
    }
  }

  @Test
  void forgetsTheOldest() {
    try (HakAllocator allocator = open()) {
      for (int i = 0; i < 100; i++) {
        allocator.malloc(8);
      }
      assertEquals(
          IntStream.range(100 - EVENTS, 100).mapToObj(Long::valueOf).toList().toString(),
          allocator.recentEvents().stream().map(LayerEvent::number).toList().toString());
    }
  }

  @Test
  void heapsAreToldApart() throws InterruptedException {
    try (HakAllocator allocator = open()) {
      allocator.malloc(8);
      Thread.ofVirtual().start(() -> allocator.malloc(64)).join();
      List<LayerEvent> events = allocator.recentEvents();
      assertEquals(2, events.size());
      assertEquals(2, events.stream().map(LayerEvent::heap).distinct().count());
    }
  }

  @Test
  void aClosedStackTellsNothing() {
    HakAllocator allocator = open();
    allocator.close();
    assertThrows(IllegalStateException.class, allocator::recentEvents);
  }
}
