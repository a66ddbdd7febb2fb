package hak.store.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.store.StoreCorruptException;
import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bits of free rows against a BitSet, for tables that end in the midst of a word or a group. */
class FreeRowsTest {
  private static final int BASE = 64;
  private static final int BYTES = 1 << 15;

  private final BitSet free = new BitSet();
  private final Region region = Region.of(Arena.ofAuto().allocate(BYTES, Long.BYTES));
  private int count;
  private FreeRows rows;

  private void start(int rowCount) {
    count = rowCount;
    rows = new FreeRows(region, BASE, rowCount);
    // What was there before means nothing, what is behind is not touched.
    region.memory().fill((byte) -1);
    rows.takeAll();
  }

  private void give(int row) {
    rows.give(row);
    free.set(row);
  }

  private void takeFirst() {
    int row = rows.first();
    assertEquals(free.nextSetBit(0), row);
    if ((free.cardinality() & 1) == 0) {
      assertEquals(row, rows.takeFirst());
    } else {
      rows.take(row);
    }
    if (row != FreeRows.NONE) {
      free.clear(row);
    }
  }

  private void checkRest() {
    assertEquals(free.cardinality(), rows.check(free::get));
    for (long at = BASE + FreeRows.bytesFor(count); at < BYTES; at += Long.BYTES) {
      assertEquals(-1, region.getLong(at));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 4095, 4096, 4097, 100_000})
  void theLowestIsTakenFirst(int rowCount) {
    start(rowCount);
    assertEquals(FreeRows.NONE, rows.first());
    Random random = new Random(rowCount);
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(3) == 0) {
        takeFirst();
      } else {
        give(random.nextInt(rowCount));
      }
    }
    checkRest();
    while (!free.isEmpty()) {
      takeFirst();
    }
    assertEquals(FreeRows.NONE, rows.first());
    checkRest();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65, 4097})
  void everyBitThatIsWrongIsFound(int rowCount) {
    start(rowCount);
    give(rowCount - 1);
    give(rowCount / 2);
    assertDoesNotThrow(() -> rows.check(free::get));
    for (long bit = 0; bit < 8 * FreeRows.bytesFor(rowCount); bit += 1 + rowCount / 64) {
      flip(bit);
      assertThrows(StoreCorruptException.class, () -> rows.check(free::get), "bit " + bit);
      flip(bit);
    }
    rows.check(free::get);
  }

  private void flip(long bit) {
    long word = BASE + bit / Long.SIZE * Long.BYTES;
    region.putLong(word, region.getLong(word) ^ 1L << bit);
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 4097})
  void aMarkThatLeadsNowhereIsSaidToBeDamage(int rowCount) {
    start(rowCount);
    long groups = BASE + FreeRows.bytesFor(rowCount) - Long.BYTES;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      region.putLong(groups, 1L << bit);
      assertThrows(StoreCorruptException.class, rows::first);
    }
  }
}
