package hak.core.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.core.spi.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProfileKeysTest {
  private static final Profile PROFILE =
      Profile.ofTiers("p", List.of("tiny", "mid#2"))
          .with(Section.CACHES, List.of("tls-sll"))
          .withSetting("tiny", "largest", 8_192L)
          .withSetting("mid#2", "extra-classes", List.of("40 KiB"))
          .withSetting("tls-sll", "capacity", "32 blocks")
          .withSetting("unused", "size", 1L);

  @Test
  void listsAndOptionsOfBoxesHaveKeys() {
    Map<String, Object> said = new TreeMap<>(ProfileKeys.said(PROFILE));
    said.values().removeIf(value -> value.equals(List.of()));
    assertEquals(
        Map.of(
            "stack.tiers", List.of("tiny", "mid#2"),
            "stack.caches", List.of("tls-sll"),
            "tier.tiny.largest", 8_192L,
            "tier.mid#2.extra-classes", List.of("40 KiB"),
            "box.tls-sll.capacity", "32 blocks"),
        said);
  }

  @Test
  void allThatIsSaidMakesTheProfileAgain() {
    Profile again = Profile.ofTiers("p", List.of());
    for (Map.Entry<String, Object> value : ProfileKeys.said(PROFILE).entrySet()) {
      again = ProfileKeys.with(again, value.getKey(), value.getValue());
    }
    assertEquals(PROFILE, again.withSetting("unused", "size", 1L));
  }

  @Test
  void whatIsNoKeyIsRefused() {
    for (String key : List.of("", "stack", "stack.limit", "tier", "tier.", "tier.mid", "mid.x")) {
      assertThrows(IllegalArgumentException.class, () -> ProfileKeys.with(PROFILE, key, 1L), key);
    }
    assertThrows(
        IllegalArgumentException.class, () -> ProfileKeys.with(PROFILE, "stack.tiers", "tiny"));
  }

  @Test
  void valuesAreShownOnALine() {
    assertEquals("none", ProfileKeys.show(null));
    assertEquals("none", ProfileKeys.show(List.of()));
    assertEquals("tiny, mid", ProfileKeys.show(List.of("tiny", "mid")));
    assertEquals("8192", ProfileKeys.show(8_192L));
  }
}
