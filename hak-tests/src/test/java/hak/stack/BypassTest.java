package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.LayerEvent;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shows with a trace ring what a front lets through to the list behind it. */
class BypassTest {
  private static final String LIST = "tls-sll";
  private static final int BLOCKS = 200;

  /** What the list gave or was offered, behind a front that has room for 16 blocks. */
  private static List<LayerEvent> eventsOfTheList(String front) {
    Profile profile =
        Profile.ofTiers("bypass", List.of("tiny"))
            .with(Section.CACHES, List.of(front, LIST))
            .with(Section.OBSERVERS, List.of("trace-ring"))
            .withSetting(front, "capacity", 16L)
            .withSetting("trace-ring", "events", 16L << 10);
    try (HakAllocator allocator = Hak.open(profile)) {
      for (int round = 0; round < 3; round++) {
        long[] blocks = new long[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
          blocks[i] = allocator.malloc(64);
        }
        for (long block : blocks) {
          allocator.free(block);
        }
      }
      List<LayerEvent> events = allocator.recentEvents();
      assertEquals(0, events.getFirst().number(), "the ring holds all events");
      return events.stream()
          .filter(event -> event.id().equals(LIST) && (event.push() || event.success()))
          .toList();
    }
  }

  @Test
  void nothingReachesTheListBehindFrontDirect() {
    assertEquals(List.of(), eventsOfTheList("front-direct"));
  }

  @Test
  void whatFastCacheHasNoRoomForReachesTheList() {
    assertTrue(eventsOfTheList("fast-cache").stream().anyMatch(LayerEvent::success));
  }
}
