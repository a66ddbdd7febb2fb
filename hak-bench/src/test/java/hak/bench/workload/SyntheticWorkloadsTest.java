package hak.bench.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import java.util.Arrays;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticWorkloadsTest {
  private static ParallelProgram program(String request) {
    return SyntheticWorkloads.parse(request).program();
  }

  private static Program first(String request) {
    return program(request).program(0);
  }

  private static long count(Program program, int op) {
    return Arrays.stream(program.events()).filter(event -> Program.op(event) == op).count();
  }

  private static LongSummaryStatistics sizes(Program program) {
    return Arrays.stream(program.events())
        .filter(event -> Program.op(event) == Program.MALLOC)
        .map(Program::argument)
        .summaryStatistics();
  }

  @Test
  void randomMixedDrawsSizesEvenly() {
    Program program = first("random-mixed");
    LongSummaryStatistics sizes = sizes(program);
    assertEquals(16, sizes.getMin());
    assertEquals(1024, sizes.getMax());
    assertEquals(520, sizes.getAverage(), 2);
    assertTrue(sizes.getCount() >= 128 << 10);
    assertTrue(program.slots() > 150 && program.slots() <= 400);
    assertTrue(program.touches());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"random-mixed", "random-mixed-legacy", "fixed-16"})
  void anOperationIsOneMallocOrOneFree(String name) {
    Program program = first(name);
    long mallocs = count(program, Program.MALLOC);
    long frees = count(program, Program.FREE);
    assertTrue(program.events().length >= 128 << 10, "draws");
    assertEquals(program.events().length, mallocs + frees);
    assertEquals(mallocs - frees, program.leftover().length);
  }

  @Test
  void legacyDrawsAsHakmemDid() {
    Program program = first("random-mixed-legacy");
    assertFalse(program.touches());
    int first = (int) (0x12345678L * 1664525 + 1013904223);
    assertEquals(
        16 + Integer.remainderUnsigned(first, 1009), Program.argument(program.events()[0]));
    assertTrue(program.slots() <= 400);
  }

  @Test
  void fixedHasOneSize() {
    Program program = first("fixed-48");
    assertEquals(48, sizes(program).getMin());
    assertEquals(48, sizes(program).getMax());
    assertTrue(program.slots() <= 128);
  }

  @Test
  void larsonHandsFullSlotsToItsSuccessors() {
    ParallelProgram program = program("larson:threads=3,generations=5");
    assertEquals(3, program.threads());
    assertEquals(3 * 5000, count(program.opening(), Program.MALLOC));
    Program part = program.program(2);
    assertEquals(500_000, count(part, Program.MALLOC));
    assertEquals(500_000, count(part, Program.FREE));
    assertEquals(5000, part.leftover().length);
    assertEquals(5, program.parts().get(2).shifts().size());
    assertEquals(3 * 5 * 1_000_000L, program.calls());
    assertTrue(program.hasShifts());
    // Each thread frees what the opening allocated for it, and later its own.
    assertEquals(15_000.0, (double) program.remoteFrees(), 10);
  }

  @Test
  void larsonFillsTheSlotsInRandomOrder() {
    long[] events = program("larson").opening().events();
    long rising = 0;
    for (int i = 1; i < events.length; i++) {
      rising += Program.slot(events[i]) > Program.slot(events[i - 1]) ? 1 : 0;
    }
    assertEquals(events.length / 2.0, (double) rising, events.length / 20.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random-mixed", "larson"})
  void aProgramIsTheSameEachTime(String name) {
    assertArrayEquals(first(name).events(), first(name).events());
  }

  @ParameterizedTest
  @ValueSource(strings = {"larson"})
  void twoThreadsDoNotDoTheSame(String name) {
    ParallelProgram program = program(name);
    assertFalse(Arrays.equals(program.program(0).events(), program.program(1).events()));
  }

  @Test
  void threadsOfTheCommandYieldToThoseOfTheRequest() {
    assertEquals(2, SyntheticWorkloads.parse("larson").threads());
    assertEquals(3, SyntheticWorkloads.parse("larson").withThreads(3).threads());
    assertEquals(5, SyntheticWorkloads.parse("larson:threads=5").withThreads(3).threads());
    assertEquals(1, SyntheticWorkloads.parse("random-mixed").threads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fixed-", "fixed-064", "fixed-banana", "mixed", "", "larson-2"})
  void unknownNamesAreRefused(String name) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SyntheticWorkloads.parse(name))
            .getMessage();
    assertTrue(message.startsWith("no workload '" + name + "'; "), message);
    assertTrue(message.contains("fixed-SIZE, larson"), message);
  }

  @Test
  void aMistypedNameHasTheNearest() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SyntheticWorkloads.parse("random-mxed"));
    assertEquals(
        "no workload 'random-mxed'; did you mean 'random-mixed'? There are: random-mixed,"
            + " random-mixed-legacy, fixed-SIZE, larson",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed-15|fixed-SIZE: size: \"15\" is not allowed: an amount from 16 B to 1 KiB",
        "larson:slots=0|larson: slots: \"0\" is not allowed: a number of slots from 1 to 1048576",
        "larson:slots=|larson: slots: \"\" is not allowed",
        "larson:threads=65|larson: threads: \"65\" is not allowed",
        "larson:slot=5|larson has no parameter 'slot'; did you mean 'slots'?",
        "larson:|larson: '' is not PARAMETER=VALUE",
        "larson:slots|larson: 'slots' is not PARAMETER=VALUE",
        "larson:slots=1,slots=2|larson: slots is set twice",
        "larson:min=2 KiB|larson: min is 2 KiB and max is 1000 B, which is less",
        "fixed-64:size=32|fixed-SIZE has no parameter 'size'"
      })
  void whatCannotBeSetIsRefused(String request, String message) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> SyntheticWorkloads.parse(request))
            .getMessage();
    assertTrue(said.startsWith(message), said);
  }
}
