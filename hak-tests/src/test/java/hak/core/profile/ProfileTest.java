package hak.core.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.core.spi.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final Profile PROFILE =
      Profile.ofTiers("p", List.of("tiny", "mid"))
          .with(Section.CACHES, List.of("ring-cache", "ring-cache#2", "tls-sll"))
          .withSetting("ring-cache", "capacity", 8L)
          .withSetting("ring-cache#2", "capacity", 16L);

  @Test
  void aBoxIsTakenOutWithItsSettings() {
    Profile rest = PROFILE.without("ring-cache");
    assertEquals(List.of("ring-cache#2", "tls-sll"), rest.boxes(Section.CACHES));
    assertEquals(Map.of(), rest.settings("ring-cache"));
    assertEquals(Map.of("capacity", 16L), rest.settings("ring-cache#2"));
  }

  @Test
  void theRestIsAsItWas() {
    assertEquals(
        PROFILE.with(Section.CACHES, List.of("ring-cache", "ring-cache#2")),
        PROFILE.without("tls-sll"));
  }

  @Test
  void aBoxThatIsNotThereNamesTheNearest() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PROFILE.without("tls-sl"));
    assertEquals("profile 'p' has no box 'tls-sl'; did you mean 'tls-sll'?", refused.getMessage());
  }
}
