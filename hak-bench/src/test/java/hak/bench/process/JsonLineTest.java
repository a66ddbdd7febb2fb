package hak.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {
  private record Inner(String text, boolean flag) {}

  private record Outer(long number, double fraction, Inner inner) {}

  @Test
  void aRecordIsOneLineByTheNamesOfItsComponents() {
    Outer outer = new Outer(Long.MAX_VALUE, 0.1, new Inner("a \"b\"\nc <ä>", true));
    String line = JsonLine.of(outer);
    assertEquals(
        "{\"number\":9223372036854775807,\"fraction\":0.1,"
            + "\"inner\":{\"text\":\"a \\\"b\\\"\\nc <ä>\",\"flag\":true}}",
        line);
    assertEquals(outer, JsonLine.parse(line, Outer.class));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -0.0, Double.MIN_VALUE, 1e300, Double.NaN, Double.NEGATIVE_INFINITY, Math.PI})
  void everyNumberComesBackAsItWas(double number) {
    Outer outer = new Outer(1, number, null);
    assertEquals(outer, JsonLine.parse(JsonLine.of(outer), Outer.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"waiting", "[1]", "{\"number\":\"x\"}"})
  void aLineOfAnotherKindIsRefused(String line) {
    assertThrows(JsonParseException.class, () -> JsonLine.parse(line, Outer.class));
  }
}
