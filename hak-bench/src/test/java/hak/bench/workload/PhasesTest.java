package hak.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Part;
import hak.bench.trace.Part.Shift;
import hak.bench.trace.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhasesTest {
  private static ParallelProgram program(String settings) {
    return SyntheticWorkloads.parse("phases:" + settings).program();
  }

  private static Part part(String settings) {
    return program(settings).parts().getFirst();
  }

  private static long[] events(Part part, Shift shift) {
    return Arrays.copyOfRange(part.program().events(), shift.from(), shift.to());
  }

  private static LongSummaryStatistics sizes(long[] events) {
    return Arrays.stream(events)
        .filter(event -> Program.op(event) == Program.MALLOC)
        .map(Program::argument)
        .summaryStatistics();
  }

  @Test
  void eachPhaseHasSizesOfItsOwn() {
    Part part = part("phases=7,steps=20000,slots=300");
    long[][] ranges = {
      {16, 256}, {24, 96}, {512, 4096}, {128, 1024}, {4096, 32_768}, {16, 256}, {24, 96}
    };
    assertEquals(ranges.length, part.shifts().size());
    for (int phase = 0; phase < ranges.length; phase++) {
      LongSummaryStatistics sizes = sizes(events(part, part.shifts().get(phase)));
      double least = ranges[phase][0];
      double most = ranges[phase][1];
      double spread = most - least;
      assertEquals(least, (double) sizes.getMin(), spread / 50, "phase " + phase);
      assertEquals(most, (double) sizes.getMax(), spread / 50, "phase " + phase);
      assertEquals((least + most) / 2, sizes.getAverage(), spread / 20, "phase " + phase);
    }
  }

  /** What is repeated must find what it found at first. */
  @Test
  void aPhaseBeginsAndEndsWithoutBlocks() {
    Part part = part("phases=5,steps=5001,slots=100");
    for (Shift shift : part.shifts()) {
      Set<Integer> alive = new HashSet<>();
      for (long event : events(part, shift)) {
        int slot = Program.slot(event);
        boolean isFree = Program.op(event) == Program.FREE;
        assertTrue(isFree ? alive.remove(slot) : alive.add(slot), shift + ", slot " + slot);
      }
      assertTrue(alive.isEmpty(), shift + " leaves " + alive);
    }
    assertEquals(0, part.program().leftover().length);
  }

  @Test
  void everyOtherPhaseComesInWaves() {
    Part part = part("phases=2,steps=1000,slots=100");
    assertEquals(List.of(), runs(events(part, part.shifts().getFirst()), 90));
    assertEquals(
        List.of(100, 100, 100, 100, 100, 100, 100, 100, 100, 100),
        runs(events(part, part.shifts().getLast()), 90));
  }

  /** How long the runs of mallocs or frees are that have at least {@code least} events. */
  private static List<Integer> runs(long[] events, int least) {
    List<Integer> runs = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= events.length; i++) {
      if (i == events.length || Program.op(events[i]) != Program.op(events[begin])) {
        if (i - begin >= least) {
          runs.add(i - begin);
        }
        begin = i;
      }
    }
    return runs;
  }

  @Test
  void repetitionsTakeNoFurtherEvents() {
    Part once = part("phases=3,steps=1000");
    Part often = part("phases=3,steps=1000,repeats=50");
    assertEquals(once.program().events().length, often.program().events().length);
    assertEquals(150, often.shifts().size());
    assertEquals(50 * once.calls(), often.calls());
    assertEquals(once.shifts().getLast(), often.shifts().get(100));
    assertEquals(once.shifts().getFirst(), often.shifts().get(49));
  }

  @Test
  void aMixCanBeHadAlone() {
    Part part = part("phases=1,first=4,steps=1000");
    assertEquals(1, part.shifts().size());
    assertTrue(sizes(part.program().events()).getMin() >= 4096);
    Part wrapped = part("phases=2,first=4,steps=1000");
    assertTrue(sizes(events(wrapped, wrapped.shifts().getLast())).getMax() <= 256);
  }

  @Test
  void oneThreadMakesThemAll() {
    ParallelProgram program = program("phases=2,steps=100,threads=3");
    assertTrue(program.keepsItsThreads());
    assertTrue(program.isOfCopies());
    assertFalse(program.sharesBlocks());
  }
}
