package hak.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnOrderTest {
  @Test
  void eachTurnIsFollowedByItsReverseAndThePairsBeginWithTheNext() {
    List<String> three = List.of("A", "B", "C");
    List<String> turns =
        IntStream.range(0, 7).mapToObj(turn -> String.join("", TurnOrder.of(three, turn))).toList();
    assertEquals(List.of("ABC", "CBA", "BCA", "ACB", "CAB", "BAC", "ABC"), turns);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 31})
  void nobodyHasMoreRoundsInARowThanAnother(int contestants) {
    List<Integer> all = IntStream.range(0, contestants).boxed().toList();
    List<Integer> rounds =
        IntStream.range(0, 2 * contestants)
            .boxed()
            .flatMap(turn -> TurnOrder.of(all, turn).stream())
            .toList();
    Map<Integer, Integer> inARow = new HashMap<>();
    for (int i = 1; i < rounds.size(); i++) {
      if (rounds.get(i).equals(rounds.get(i - 1))) {
        inARow.merge(rounds.get(i), 1, Integer::sum);
      }
    }
    all.forEach(each -> assertEquals(1, inARow.get(each), "contestant " + each));
  }

  @Test
  void nobodyTakesNoTurn() {
    assertEquals(List.of(), TurnOrder.of(List.of(), 3));
  }
}
