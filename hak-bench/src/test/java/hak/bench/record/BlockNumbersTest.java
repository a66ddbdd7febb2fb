package hak.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.bench.trace.Program;
import hak.bench.trace.ToldCalls;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockNumbersTest {
  private final ToldCalls told = new ToldCalls();
  private final BlockNumbers numbers = new BlockNumbers(told);

  @Test
  void aPlaceThatIsGivenOutAgainIsAnotherBlock() {
    numbers.malloc(0, 0x10, 1);
    numbers.free(1, 0x10);
    numbers.calloc(0, 0x10, 2);
    numbers.free(0, 0x10);
    assertEquals(
        List.of("0 malloc 1 -> a", "1 free a", "0 calloc 2 -> b", "0 free b"), told.calls());
  }

  /** The old place is another thread's before the reallocation has ended. */
  @Test
  void placesSwapDuringReallocations() {
    numbers.malloc(0, 0x10, 1);
    numbers.malloc(1, 0x20, 2);
    numbers.beginRealloc(0, 0x10);
    numbers.beginRealloc(1, 0x20);
    numbers.endRealloc(1, 0x10, 4);
    numbers.endRealloc(0, 0x20, 3);
    numbers.free(0, 0x10);
    assertEquals(
        List.of(
            "0 malloc 1 -> a",
            "1 malloc 2 -> b",
            "1 realloc b 4 -> c",
            "0 realloc a 3 -> d",
            "0 free c"),
        told.calls());
  }

  @Test
  void aReallocationThatFailsChangesNothing() {
    numbers.malloc(0, 0x10, 1);
    numbers.beginRealloc(0, 0x10);
    numbers.endRealloc(0, 0, 99);
    numbers.free(0, 0x10);
    assertEquals(List.of("0 malloc 1 -> a", "0 free a"), told.calls());
  }

  @Test
  void aReallocationToNothingIsAFreeWhereItGivesNoBlock() {
    numbers.malloc(0, 0x10, 1);
    numbers.beginRealloc(0, 0x10);
    numbers.endRealloc(0, 0, 0);
    numbers.malloc(0, 0x20, 1);
    numbers.beginRealloc(0, 0x20);
    numbers.endRealloc(0, 0x20, 0);
    assertEquals(
        List.of("0 malloc 1 -> a", "0 free a", "0 malloc 1 -> b", "0 realloc b 0 -> c"),
        told.calls());
  }

  @Test
  void whatIsNotKnownIsCounted() {
    numbers.free(0, 0x10);
    numbers.beginRealloc(0, 0x20);
    numbers.endRealloc(0, 0x30, 5);
    numbers.free(0, 0x30);
    assertEquals(2, numbers.unknownEnds());
    numbers.malloc(0, 0x40, 6);
    numbers.malloc(1, 0x40, 7);
    assertEquals(1, numbers.missedEnds());
    assertEquals(
        List.of("0 malloc 5 -> a", "0 free a", "0 malloc 6 -> b", "1 free b", "1 malloc 7 -> c"),
        told.calls());
  }

  @Test
  void whatIsTooLargeIsLeftOutToItsEnd() {
    long tooLarge = Program.MAX_SIZE_BYTES + 1;
    numbers.malloc(0, 0x10, tooLarge);
    numbers.free(0, 0x10);
    numbers.calloc(0, 0x10, tooLarge);
    numbers.beginRealloc(0, 0x10);
    numbers.endRealloc(0, 0x20, 4);
    numbers.beginRealloc(0, 0x20);
    numbers.endRealloc(0, 0x10, tooLarge);
    numbers.free(0, 0x10);
    numbers.aligned(0, 0x10, 41, 1);
    numbers.free(0, 0x10);
    assertEquals(List.of("0 malloc 4 -> a", "0 free a"), told.calls());
    assertEquals(4, numbers.tooLarge());
    assertEquals(0, numbers.unknownEnds());
  }
}
