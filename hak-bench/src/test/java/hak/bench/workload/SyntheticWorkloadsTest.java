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
      strings = {"random-mixed", "random-mixed-legacy", "fixed-16", "mid-large-mt", "big-churn"})
  void anOperationIsOneMallocOrOneFree(String name) {
    Program program = first(name);
    long mallocs = count(program, Program.MALLOC);
    long frees = count(program, Program.FREE);
    int fewest = name.equals("big-churn") ? 1 << 14 : 128 << 10;
    assertTrue(program.events().length >= fewest, "draws");
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
    assertFalse(program.keepsItsThreads());
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

  @Test
  void xmallocFreesEverythingOnAnotherThread() {
    ParallelProgram program = program("xmalloc:threads=3,batches=40");
    assertEquals(6, program.threads());
    assertEquals(40 * 4096, count(program.program(0), Program.MALLOC));
    assertEquals(0, count(program.program(0), Program.FREE));
    assertEquals(40 * 4096, count(program.program(5), Program.FREE));
    assertEquals(1, program.remoteShare());
    assertEquals(64, program.largestBytes());
    assertEquals(40L * 4096, program.callsPerThread());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "50, 0.5", "90, 0.9", "100, 1"})
  void remoteHasItsShareOfForeignFrees(int percent, double share) {
    ParallelProgram program = program("remote-" + percent);
    assertEquals(share, program.remoteShare(), 0.005);
    assertEquals(2.0 * (1 << 21), (double) program.calls(), 1000);
    LongSummaryStatistics sizes = sizes(program.program(1));
    assertEquals(16, sizes.getMin());
    assertEquals(1024, sizes.getMax());
  }

  /** With nobody else it does all of the work of handing blocks over, to itself. */
  @Test
  void remoteOnOneThreadHasNoForeignFrees() {
    ParallelProgram program = program("remote-90:threads=1");
    assertEquals(0, program.remoteShare());
    assertTrue(count(program.program(0), Program.MOVE) > 100_000);
  }

  @Test
  void midLargeHasTwoRangesOfSizes() {
    Program program = first("mid-large-mt");
    long[] sizes =
        Arrays.stream(program.events())
            .filter(event -> Program.op(event) == Program.MALLOC)
            .map(Program::argument)
            .toArray();
    long large = Arrays.stream(sizes).filter(size -> size >= 64 << 10).count();
    assertEquals(0.5, (double) large / sizes.length, 0.01);
    assertTrue(Arrays.stream(sizes).noneMatch(size -> size > 32 << 10 && size < 64 << 10));
    assertEquals(1 << 20, (double) program.largestBytes(), 100);
  }

  @Test
  void bigChurnHasBlocksFrom2To64Mebibytes() {
    LongSummaryStatistics sizes = sizes(first("big-churn"));
    assertEquals(2 << 20, (double) sizes.getMin(), 50_000);
    assertEquals(64 << 20, (double) sizes.getMax(), 50_000);
  }

  @Test
  void mstressEndsEachRoundWithTheSharedSlotsAlone() {
    ParallelProgram program = program("mstress:threads=3,blocks=3000");
    assertEquals(3, program.threads());
    for (int thread = 0; thread < 3; thread++) {
      assertEquals(25, program.parts().get(thread).shifts().size());
      assertEquals(25 * 3000, count(program.program(thread), Program.CALLOC));
      assertEquals(0, count(program.program(thread), Program.MALLOC));
      assertTrue(program.program(thread).leftover().length <= 334);
    }
    assertTrue(program.remoteShare() > 0.05, "share " + program.remoteShare());
    assertEquals(128_000, program.largestBytes());
  }

  @Test
  void allocTestPicksFewSlotsOftenAndSmallSizes() {
    Program program = first("alloc-test:threads=4");
    LongSummaryStatistics sizes = sizes(program);
    assertEquals(5, sizes.getMin());
    assertEquals(1024, sizes.getMax());
    long small =
        Arrays.stream(program.events())
            .filter(event -> Program.op(event) == Program.MALLOC && Program.argument(event) <= 64)
            .count();
    assertEquals(15.0 / 16, (double) small / sizes.getCount(), 0.01);
    // Of the 65,536 slots of a thread most are never picked twice, so few of its blocks are freed.
    assertTrue(program.slots() > 10_000 && program.slots() < 65_536, "slots " + program.slots());
  }

  @Test
  void glibcSimpleFreesInTheOrderOfAllocation() {
    Program program = first("glibc-simple:repetitions=1,size=77");
    long[] events = program.events();
    assertEquals(2 * (25 + 100 + 400 + 1600), events.length);
    assertEquals(77, Program.argument(events[24]));
    assertEquals(Program.FREE, Program.op(events[25]));
    assertEquals(Program.slot(events[0]), Program.slot(events[25]));
    assertEquals(1600, program.slots());
    assertEquals(0, program.leftover().length);
  }

  @Test
  void glibcThreadDrawsSizesByTheInverseSquare() {
    Program program = first("glibc-thread");
    long[] sizes =
        Arrays.stream(program.events())
            .filter(event -> Program.op(event) == Program.MALLOC)
            .map(Program::argument)
            .toArray();
    assertEquals(4, Arrays.stream(sizes).min().orElseThrow());
    assertTrue(Arrays.stream(sizes).max().orElseThrow() > 30_000);
    assertEquals(
        0.5, (double) Arrays.stream(sizes).filter(size -> size >= 8).count() / sizes.length, 0.01);
    assertEquals(
        0.1, (double) Arrays.stream(sizes).filter(size -> size >= 40).count() / sizes.length, 0.01);
  }

  @Test
  void mallocLargeReplacesBigBlocks() {
    Program program = first("malloc-large");
    LongSummaryStatistics sizes = sizes(program);
    assertEquals(5 << 20, (double) sizes.getMin(), 50_000);
    assertEquals(25 << 20, (double) sizes.getMax(), 50_000);
    assertEquals(1 << 13, sizes.getCount());
    assertEquals(20, program.leftover().length);
  }

  @Test
  void sh6FreesGroupsInBothOrders() {
    Program program = first("sh6");
    long[] frees =
        Arrays.stream(program.events())
            .filter(event -> Program.op(event) == Program.FREE)
            .map(Program::slot)
            .toArray();
    long rising = 0;
    for (int i = 1; i < frees.length; i++) {
      rising += frees[i] == frees[i - 1] + 1 ? 1 : 0;
    }
    assertTrue(rising > frees.length / 5 && rising < frees.length * 4 / 5, "rising " + rising);
    assertTrue(program.leftover().length > 0 && program.leftover().length <= 32 * 64);
  }

  @Test
  void rptestHandsAThirdOfItsBlocksOn() {
    ParallelProgram program = program("rptest:threads=3");
    assertEquals(2_000 * 300, count(program.program(1), Program.MALLOC));
    assertEquals(1_000, program.program(1).leftover().length);
    assertEquals(1.0 / 3, program.remoteShare(), 0.01);
    assertEquals(8, sizes(program.program(1)).getMin());
    assertEquals(16_000, sizes(program.program(1)).getMax());
  }

  @Test
  void cacheScratchSharesTheWritesAmongItsThreads() {
    for (int threads = 1; threads <= 4; threads++) {
      ParallelProgram program = program("cache-scratch:threads=" + threads);
      assertEquals(threads, count(program.opening(), Program.MALLOC));
      long writes = 0;
      for (int thread = 0; thread < threads; thread++) {
        Program part = program.program(thread);
        assertEquals(1_001 + 1_000, part.calls(0, part.events().length));
        assertEquals(1_000, part.wide().length);
        writes += Arrays.stream(part.wide()).map(Program::wideSize).sum();
      }
      assertEquals(1 << 21, (double) writes, 5_000);
      assertEquals(threads, program.remoteFrees());
    }
  }

  @Test
  void websocketHasTheSizesOfAProxy() {
    Program program = first("websocket");
    long[] sizes =
        Arrays.stream(program.events())
            .filter(event -> Program.op(event) == Program.MALLOC)
            .map(Program::argument)
            .toArray();
    for (int[] share : new int[][] {{1024, 33}, {256, 24}, {15, 12}, {16_639, 11}, {636, 6}}) {
      long found = Arrays.stream(sizes).filter(size -> size == share[0]).count();
      assertEquals(share[1], 100.0 * found / sizes.length, 0.3);
    }
    assertTrue(program.slots() <= 8_192);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random-mixed", "larson", "remote-50", "mid-large-mt", "mstress"})
  void aProgramIsTheSameEachTime(String name) {
    assertArrayEquals(first(name).events(), first(name).events());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"larson", "remote-50", "mid-large-mt", "big-churn", "sh6", "glibc-thread"})
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
      strings = {"fixed-", "fixed-064", "fixed-banana", "mixed", "", "larson-2", "remote-"})
  void unknownNamesAreRefused(String name) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SyntheticWorkloads.parse(name))
            .getMessage();
    assertTrue(message.startsWith("no workload '" + name + "'; "), message);
    assertTrue(message.contains("larson, xmalloc, remote-PERCENT"), message);
  }

  @Test
  void aMistypedNameHasTheNearest() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SyntheticWorkloads.parse("random-mxed"));
    assertEquals(
        "no workload 'random-mxed'; did you mean 'random-mixed'? There are: random-mixed,"
            + " random-mixed-legacy, fixed-SIZE, larson, xmalloc, remote-PERCENT, mid-large-mt,"
            + " big-churn, mstress, alloc-test, glibc-simple, glibc-thread, malloc-large, sh6,"
            + " rptest, cache-scratch, websocket, fleet-SERVER, virtual-threads, platform-threads,"
            + " mleak, phases",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed-15|fixed-SIZE: size: \"15\" is not allowed: an amount from 16 B to 1 KiB",
        "remote-101|remote-PERCENT: percent: \"101\" is not allowed: a number of % from 0 to 100",
        "larson:slots=0|larson: slots: \"0\" is not allowed: a number of slots from 1 to 1048576",
        "larson:slots=|larson: slots: \"\" is not allowed",
        "larson:threads=65|larson: threads: \"65\" is not allowed",
        "larson:slot=5|larson has no parameter 'slot'; did you mean 'slots'?",
        "larson:|larson: '' is not PARAMETER=VALUE",
        "larson:slots|larson: 'slots' is not PARAMETER=VALUE",
        "larson:slots=1,slots=2|larson: slots is set twice",
        "xmalloc:min=2 KiB|xmalloc: min is 2 KiB and max is 64 B, which is less",
        "mid-large-mt:large-min=2MiB|mid-large-mt: large-min is 2 MiB and large-max is 1 MiB",
        "fixed-64:size=32|fixed-SIZE has no parameter 'size'"
      })
  void whatCannotBeSetIsRefused(String request, String message) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> SyntheticWorkloads.parse(request))
            .getMessage();
    assertTrue(said.startsWith(message), said);
  }
}
