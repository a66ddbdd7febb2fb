package hak.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.StoreCorruptException;
import hak.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a data space is measured in. */
class UnitsTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    "1, 64",
    "64, 64",
    "65, 128",
    "128, 128",
    "129, 256",
    "1024, 1024",
    "2049, 4096",
    "4096, 4096"
  })
  void aUnitIsTwiceAsLongForEachDoublingBeyond64GiB(long gibibytes, int unitBytes) {
    Units units = Units.ofCapacity(gibibytes * GIB);
    assertEquals(unitBytes, units.unitBytes());
    assertTrue(units.at(gibibytes * GIB) <= 1 << 30, "int numbers reach to the end");
  }

  @ParameterizedTest
  @ValueSource(longs = {4096, 64 * (1L << 30), 100 * (1L << 30), 4L << 40})
  void lengthsAreRoundedUpAndOffsetsDown(long capacity) {
    Units units = Units.ofCapacity(capacity);
    int unit = units.unitBytes();
    assertEquals(0, units.of(0));
    assertEquals(1, units.of(1));
    assertEquals(1, units.of(unit));
    assertEquals(2, units.of(unit + 1));
    assertEquals(capacity, units.bytes(units.of(capacity)));
    assertEquals(0, units.at(unit - 1));
    assertEquals(1, units.at(unit));
    assertTrue(units.isBegin(0) && units.isBegin(5L * unit));
    assertFalse(units.isBegin(5L * unit + 32));
  }

  @Test
  void aLengthThatCannotBeIsDamage() {
    Units units = Units.ofCapacity(StoreOptions.MAX_CAPACITY_BYTES);
    assertEquals(1 << 30, units.of(StoreOptions.MAX_CAPACITY_BYTES));
    assertThrows(StoreCorruptException.class, () -> units.of(-1));
    assertThrows(StoreCorruptException.class, () -> units.of(StoreOptions.MAX_CAPACITY_BYTES + 1));
  }

  /** In units of 64 bytes this would be 2^32 of them, which as an int is none. */
  @Test
  void aLengthBeyondTheUnitsOfASmallStoreIsDamage() {
    Units units = Units.ofCapacity(GIB);
    assertThrows(StoreCorruptException.class, () -> units.of(256 * GIB));
    assertThrows(StoreCorruptException.class, () -> units.of(64 * GIB + 1));
  }
}
