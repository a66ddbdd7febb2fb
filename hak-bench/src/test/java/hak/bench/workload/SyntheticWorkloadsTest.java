package hak.bench.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.trace.Program;
import java.util.Arrays;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.Test;

class SyntheticWorkloadsTest {
  private static LongSummaryStatistics sizes(Program program) {
    return Arrays.stream(program.events())
        .filter(event -> Program.op(event) == Program.MALLOC)
        .map(Program::argument)
        .summaryStatistics();
  }

  @Test
  void randomMixedDrawsSizesEvenly() {
    Program program = SyntheticWorkloads.program("random-mixed");
    LongSummaryStatistics sizes = sizes(program);
    assertEquals(16, sizes.getMin());
    assertEquals(1024, sizes.getMax());
    assertEquals(520, sizes.getAverage(), 2);
    assertTrue(sizes.getCount() >= 128 << 10);
    assertTrue(program.slots() > 150 && program.slots() <= 400);
    assertTrue(program.touches());
  }

  @Test
  void anOperationIsOneMallocOrOneFree() {
    for (String name : SyntheticWorkloads.names()) {
      Program program = SyntheticWorkloads.program(name);
      long mallocs = sizes(program).getCount();
      long frees =
          Arrays.stream(program.events())
              .filter(event -> Program.op(event) == Program.FREE)
              .count();
      assertEquals(SlotMix.STEPS, program.events().length);
      assertEquals(SlotMix.STEPS, mallocs + frees);
      assertEquals(mallocs - frees, program.leftover().length);
    }
  }

  @Test
  void legacyDrawsAsHakmemDid() {
    Program program = SyntheticWorkloads.program("random-mixed-legacy");
    assertFalse(program.touches());
    int first = (int) (0x12345678L * 1664525 + 1013904223);
    assertEquals(
        16 + Integer.remainderUnsigned(first, 1009), Program.argument(program.events()[0]));
    assertTrue(program.slots() <= 400);
  }

  @Test
  void fixedHasOneSize() {
    Program program = SyntheticWorkloads.program("fixed-48");
    assertEquals(48, sizes(program).getMin());
    assertEquals(48, sizes(program).getMax());
    assertTrue(program.slots() <= 128);
  }

  @Test
  void aProgramIsTheSameEachTime() {
    assertArrayEquals(
        SyntheticWorkloads.program("random-mixed").events(),
        SyntheticWorkloads.program("random-mixed").events());
  }

  @Test
  void unknownNamesAreRefused() {
    for (String name : new String[] {"fixed-15", "fixed-1025", "fixed-", "fixed-064", "mixed"}) {
      assertThrows(IllegalArgumentException.class, () -> SyntheticWorkloads.requireKnown(name));
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> SyntheticWorkloads.requireKnown("random-mxed"));
    assertEquals(
        "no workload 'random-mxed'; did you mean 'random-mixed'? There are: random-mixed,"
            + " random-mixed-legacy, fixed-SIZE with a size from 16 to 1024",
        e.getMessage());
  }
}
