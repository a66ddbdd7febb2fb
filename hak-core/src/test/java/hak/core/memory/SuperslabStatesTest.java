package hak.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuperslabStatesTest {
  private static final int LINE_BYTES = 64;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 31, 32, 8_704, 16_384})
  void eachHasAPlaceOfItsOwnAndNoNeighbourOnItsLine(int superslabs) {
    Set<Integer> places = new HashSet<>();
    long end = SuperslabStates.bytes(superslabs);
    int before = -LINE_BYTES;
    for (int superslab = 0; superslab < superslabs; superslab++) {
      int place = SuperslabStates.offset(superslab, superslabs);
      assertTrue(place >= 0 && place + 16 <= end, () -> place + " of " + end);
      places.add(place);
      assertTrue(superslabs < 5 || place / LINE_BYTES != before / LINE_BYTES, "neighbours");
      before = place;
    }
    assertEquals(superslabs, places.size());
    assertTrue(end <= Math.max(4, 2L * superslabs) * 16, () -> end + " B");
  }
}
