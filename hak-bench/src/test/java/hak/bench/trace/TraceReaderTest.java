package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is wrong with a trace is told with the offset at which it is. */
class TraceReaderTest {
  private static final int FIRST_EVENT = TraceBuilder.HEADER_BYTES;

  private static void assertRefused(byte[] trace, long offset, String problem) {
    TraceException e = assertThrows(TraceException.class, () -> TraceBuilder.read(trace));
    assertEquals(offset, e.offset(), e.getMessage());
    assertTrue(e.getMessage().startsWith("test.hkt: byte " + offset + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  private static void assertRefused(TraceBuilder trace, long offset, String problem) {
    assertRefused(trace.bytes(), offset, problem);
    assertRefused(trace.zipped(), offset, problem);
  }

  @Test
  void anEmptyFileIsTruncated() {
    assertRefused(new byte[0], 0, "truncated");
  }

  @Test
  void aTruncatedHeaderIsRefusedWhereItEnds() {
    assertRefused(Arrays.copyOf(new TraceBuilder().malloc(1).bytes(), 20), 20, "the header");
  }

  @Test
  void wrongMagicIsRefused() {
    assertRefused(new TraceBuilder().magic("HAKTRICK"), 5, "not a trace");
  }

  @Test
  void anotherVersionIsRefused() {
    assertRefused(new TraceBuilder().version(2), 8, "version 2");
  }

  @Test
  void noThreadsAreRefused() {
    assertRefused(new TraceBuilder().threads(0), 12, "0 threads");
  }

  @Test
  void tooManyEventsAreRefusedBeforeTheyAreRead() {
    assertRefused(new TraceBuilder().moreEvents(1L << 40), 16, "1099511627776 events");
    assertRefused(new TraceBuilder().moreEvents(-1), 16, "18446744073709551615 events");
  }

  @Test
  void moreIdsThanEventsAreRefused() {
    assertRefused(new TraceBuilder().malloc(1).moreIds(1), 24, "2 ids in 1 events");
  }

  @Test
  void anotherNumberOfIdsThanAnnouncedIsRefused() {
    assertRefused(new TraceBuilder().malloc(1).free(1).moreIds(1), 24, "make 1");
  }

  @Test
  void missingEventsAreRefusedWhereTheFileEnds() {
    assertRefused(new TraceBuilder().malloc(1).moreEvents(2), FIRST_EVENT + 2, "1 of 3 events");
  }

  @Test
  void aTruncatedEventIsRefusedWhereItEnds() {
    byte[] whole = new TraceBuilder().malloc(1).malloc(1000).bytes();
    assertRefused(Arrays.copyOf(whole, whole.length - 1), whole.length - 1, "ends in event 1");
  }

  @Test
  void bytesAfterTheLastEventAreRefused() {
    assertRefused(new TraceBuilder().malloc(1).raw(0), FIRST_EVENT + 2, "trailing bytes");
  }

  @Test
  void unknownOperationsAreRefused() {
    for (int op = 5; op < 8; op++) {
      assertRefused(new TraceBuilder().malloc(1).op(op), FIRST_EVENT + 2, "operation " + op);
    }
  }

  @Test
  void unusedBitsAreRefused() {
    for (int bit = 4; bit < 8; bit++) {
      assertRefused(new TraceBuilder().op(1 << bit).varint(1), FIRST_EVENT, "unused bits");
    }
  }

  @Test
  void freeOfAnUnknownBlockIsRefused() {
    assertRefused(new TraceBuilder().malloc(1).free(2), FIRST_EVENT + 3, "no block 2 before id 1");
    assertRefused(new TraceBuilder().malloc(1).free(0), FIRST_EVENT + 3, "no block 0 before id 1");
    assertRefused(new TraceBuilder().malloc(1).free(-1), FIRST_EVENT + 3, "no block");
  }

  @Test
  void freeOfADeadBlockIsRefused() {
    assertRefused(
        new TraceBuilder().malloc(1).free(1).free(1), FIRST_EVENT + 5, "block 0 is dead already");
  }

  @Test
  void reallocEndsTheOldBlock() {
    assertRefused(
        new TraceBuilder().malloc(1).realloc(1, 2).free(2), FIRST_EVENT + 6, "block 0 is dead");
    assertEquals(3, new TraceBuilder().malloc(1).realloc(1, 2).free(1).read().events().length);
  }

  @Test
  void reallocOfADeadBlockIsRefused() {
    assertRefused(
        new TraceBuilder().malloc(1).free(1).realloc(1, 5), FIRST_EVENT + 5, "block 0 is dead");
  }

  @Test
  void sizesBeyondTheLimitAreRefused() {
    long limit = 1L << 40;
    assertRefused(new TraceBuilder().malloc(limit + 1), FIRST_EVENT + 1, "size 1099511627777");
    assertRefused(new TraceBuilder().calloc(-1), FIRST_EVENT + 1, "size 18446744073709551615");
    assertRefused(new TraceBuilder().aligned(4, limit + 1), FIRST_EVENT + 2, "size");
    assertRefused(new TraceBuilder().malloc(1).realloc(1, limit + 1), FIRST_EVENT + 4, "size");
    assertEquals(limit, new TraceBuilder().malloc(limit).read().largestBytes());
  }

  @Test
  void alignmentsBeyondTheLimitAreRefused() {
    assertRefused(new TraceBuilder().aligned(41, 1), FIRST_EVENT + 1, "alignment 2^41");
  }

  @Test
  void aVarintOfMoreThan64BitsIsRefused() {
    int[] tooLong = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02};
    assertRefused(new TraceBuilder().op(0).raw(tooLong), FIRST_EVENT + 1, "varint too long");
    int[] endless = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01};
    assertRefused(new TraceBuilder().op(0).raw(endless), FIRST_EVENT + 1, "varint too long");
  }

  @Test
  void threadsOutOfRangeAreRefused() {
    assertRefused(
        new TraceBuilder().threads(2).op(8).varint(2).varint(1), FIRST_EVENT + 1, "thread 2 of 2");
    assertRefused(new TraceBuilder().op(8).varint(-1).varint(1), FIRST_EVENT + 1, "thread 1844");
    Program fine = new TraceBuilder().threads(2).op(8).varint(1).varint(1).moreIds(1).read();
    assertEquals(1, fine.events().length);
  }

  @Test
  void sizesMayBeZero() {
    Program program = new TraceBuilder().malloc(0).calloc(0).aligned(4, 0).realloc(1, 0).read();
    assertEquals(0, program.largestBytes());
    assertEquals(3, program.slots());
  }

  @Test
  void blocksAliveAtTheEndAreLeftOver() {
    Program program = new TraceBuilder().malloc(1).malloc(2).malloc(3).free(2).read();
    assertArrayEquals(new int[] {0, 2}, program.leftover());
  }

  @Test
  void eventsAreInOrder() {
    Program program =
        new TraceBuilder()
            .malloc(100)
            .calloc(200)
            .aligned(12, 300)
            .realloc(3, 400)
            .free(3)
            .malloc(1L << 33)
            .read();
    long[] events = program.events();
    assertEquals(Program.MALLOC, Program.op(events[0]));
    assertEquals(100, Program.argument(events[0]));
    assertEquals(Program.CALLOC, Program.op(events[1]));
    assertEquals(200, Program.argument(events[1]));
    assertEquals(Program.ALIGNED, Program.op(events[2]));
    assertEquals(4096, Program.alignment(Program.argument(events[2])));
    assertEquals(300, Program.alignedSize(Program.argument(events[2])));
    assertEquals(Program.REALLOC, Program.op(events[3]));
    assertEquals(0, Program.slot(events[3]));
    assertEquals(400, Program.argument(events[3]));
    assertEquals(Program.FREE, Program.op(events[4]));
    assertEquals(1, Program.slot(events[4]));
    assertEquals(Program.WIDE, Program.op(events[5]));
    assertEquals(1, Program.slot(events[5]));
    long entry = program.wide()[(int) Program.argument(events[5])];
    assertEquals(Program.MALLOC, Program.wideOp(entry));
    assertEquals(1L << 33, Program.wideSize(entry));
  }
}
