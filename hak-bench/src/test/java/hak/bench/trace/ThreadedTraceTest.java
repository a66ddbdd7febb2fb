package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.replay.CallSum;
import hak.bench.replay.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThreadedTraceTest {
  private static ParallelProgram program(Consumer<TraceEvents> trace) {
    return ThreadedTrace.program("test.hkt", trace);
  }

  /** What a part does, as text. */
  private static List<String> texts(ParallelProgram program, int part) {
    Program events = program.program(part);
    return IntStream.range(0, events.events().length)
        .mapToObj(event -> text(events, events.events()[event]))
        .toList();
  }

  private static String text(Program program, long event) {
    long argument = Program.argument(event);
    return switch (Program.op(event)) {
      case Program.MALLOC -> "malloc " + argument;
      case Program.CALLOC -> "calloc " + argument;
      case Program.ALIGNED ->
          "aligned " + Program.alignment(argument) + " " + Program.alignedSize(argument);
      case Program.FREE -> "free";
      case Program.REALLOC -> "realloc " + argument;
      default -> {
        long entry = program.wide()[(int) argument];
        yield Program.wideOp(entry) == Program.POST ? "post" : "await " + Program.wideSize(entry);
      }
    };
  }

  @Test
  void whatAnotherThreadWroteIsAwaitedOnce() {
    ParallelProgram program =
        program(trace -> {
          int a = trace.malloc(1);
          int b = trace.aligned(5, 2);
          trace.thread(7);
          trace.free(a);
          b = trace.realloc(b, 3);
          trace.thread(0);
          int c = trace.calloc(4);
          trace.free(b);
          trace.thread(7);
          trace.free(c);
        });
    assertEquals(
        List.of("malloc 1", "aligned 32 2", "post", "calloc 4", "await 1", "free", "post"),
        texts(program, 0));
    assertEquals(
        List.of("await 1", "free", "realloc 3", "post", "await 2", "free"), texts(program, 1));
    assertEquals(3, program.frees());
    assertEquals(3, program.remoteFrees());
  }

  @Test
  void threadsThatFollowEachOtherAreShiftsOfOnePart() {
    ParallelProgram program =
        program(trace -> {
          trace.thread(1);
          int a = trace.malloc(1);
          trace.thread(2);
          trace.malloc(2);
          trace.thread(1);
          trace.free(a);
          trace.thread(3);
          trace.malloc(3);
          trace.thread(2);
          trace.malloc(4);
        });
    assertEquals(2, program.threads());
    assertEquals(List.of("malloc 1", "free", "malloc 3"), texts(program, 0));
    assertEquals(
        List.of(new Part.Shift(0, 2), new Part.Shift(2, 3)), program.parts().getFirst().shifts());
    assertTrue(program.parts().getLast().shifts().isEmpty());
  }

  @Test
  void slotsGoBackToAThreadThatOnlyAllocates() {
    int rounds = 100;
    int live = 1_000;
    ParallelProgram program =
        program(trace -> {
          List<Integer> blocks = new ArrayList<>();
          for (int round = 0; round < rounds; round++) {
            trace.thread(0);
            for (int i = 0; i < live; i++) {
              blocks.add(trace.malloc(16));
            }
            trace.thread(1);
            blocks.forEach(trace::free);
            blocks.clear();
          }
        });
    assertEquals(1, program.remoteShare());
    assertTrue(program.slots() < 4 * live, program.slots() + " slots");
  }

  @Test
  void oneThreadIsReplayedAsEver() {
    ParallelProgram program =
        program(trace -> {
          trace.thread(3);
          trace.free(trace.malloc(5));
        });
    assertFalse(program.sharesBlocks());
    assertEquals(1, program.threads());
    assertEquals(List.of("malloc 5", "free"), texts(program, 0));
  }

  @Test
  void moreThreadsThanCanRunAreRefused() {
    TraceException e =
        assertThrows(
            TraceException.class,
            () ->
                program(trace -> {
                  int[] blocks = new int[1025];
                  for (int thread = 0; thread < blocks.length; thread++) {
                    trace.thread(thread);
                    blocks[thread] = trace.malloc(1);
                  }
                  for (int thread = 0; thread < blocks.length; thread++) {
                    trace.thread(thread);
                    trace.free(blocks[thread]);
                  }
                }));
    assertEquals("test.hkt: 1025 threads at once, the limit is 1024", e.getMessage());
  }

  @Test
  @Timeout(60)
  void aRealProgramMakesTheSameCallsInEveryRound() {
    ParallelProgram program = ShippedTraces.openThreads("jvm-javac");
    TraceStatistics statistics = new TraceStatistics();
    ShippedTraces.read("jvm-javac", statistics);
    TraceSummary summary = statistics.summary();
    assertTrue(program.threads() > 1 && program.threads() <= summary.threads().size());
    assertEquals(summary.events(), program.calls());
    assertEquals(summary.frees(), program.frees());
    assertTrue(program.remoteFrees() > 0);
    try (Crew crew = new Crew(program.threads())) {
      assertEquals(CallSum.of(program, crew), CallSum.of(program, crew));
    }
  }
}
