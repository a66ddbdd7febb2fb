package hak.store.slots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "a\uDE00", "\uDE00\uD83D", "what?\uD83Dx"})
  void halfOfASurrogatePairIsNoName(String name) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Names.encode(name));
    assertTrue(e.getMessage().contains("\\ud83d") || e.getMessage().contains("\\ude00"));
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(e.getMessage()), e::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "what?", "\uD83D\uDE00?", "größe", "模型"})
  void anyTextIsANameQuestionMarksToo(String name) {
    assertArrayEquals(name.getBytes(StandardCharsets.UTF_8), Names.encode(name));
    assertEquals(name, Names.decode(Names.encode(name)));
  }

  @Test
  void lengthsAreOfBytes() {
    assertEquals(120, Names.encode("ü".repeat(60)).length);
    assertThrows(IllegalArgumentException.class, () -> Names.encode("ü".repeat(61)));
    assertThrows(IllegalArgumentException.class, () -> Names.encode(""));
    assertThrows(IllegalArgumentException.class, () -> Names.encode("@1"));
  }
}
