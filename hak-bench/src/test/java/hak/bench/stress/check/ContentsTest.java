package hak.bench.stress.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.bench.verify.Pattern;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentsTest {
  private static final long SEED = 0x1234567;
  private static final long PAGE = 64 << 10;

  private static long differenceWith(MemorySegment block, long at, long kept) {
    byte before = block.get(ValueLayout.JAVA_BYTE, at);
    block.set(ValueLayout.JAVA_BYTE, at, (byte) ~before);
    long wrong = Contents.difference(block.address(), block.byteSize(), SEED, kept);
    block.set(ValueLayout.JAVA_BYTE, at, before);
    return wrong;
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 7, 8, 100, 4095, 4096, 4097, 65_536, 65_799, 65_800, 131_333, 999_999})
  void aByteThatChangesIsFound(long size) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(size, 16);
      Contents.fill(block.address(), size, SEED);
      for (long kept : new long[] {0, size / 2, size}) {
        assertEquals(Pattern.NONE, Contents.difference(block.address(), size, SEED, kept));
      }
      if (size == 0) {
        return;
      }
      for (long at : new long[] {0, size - 1}) {
        assertEquals(at, differenceWith(block, at, size));
      }
      long end = size - 256; // from here on all is written, a word in the last page is not needed
      for (long at = PAGE; at + Long.BYTES <= end; at += PAGE) {
        assertEquals(at, differenceWith(block, at, size), "a word in every page");
      }
      assertEquals(Pattern.NONE, differenceWith(block, size - 1, size - 1), "not kept");
    }
  }
}
