package hak.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.replay.Crew;
import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramBuilder;
import hak.core.memory.SizeClasses;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallKindsTest {
  private static final SizeClasses CLASSES = SizeClasses.of(16, 32, 64, 128);

  private static CallKinds kinds(ParallelProgram program) {
    try (Crew crew = new Crew(program.threads())) {
      return CallKinds.of(program, crew, CLASSES);
    }
  }

  private static List<String> texts(CallKinds kinds, int thread) {
    short[] ofThread = kinds.ofThread(thread);
    return IntStream.range(0, ofThread.length)
        .map(event -> ofThread[event])
        .mapToObj(kind ->
            kind == CallKinds.NONE ? "-" : CallKinds.operation(kind) + " " + kinds.mostBytes(kind))
        .toList();
  }

  @Test
  void aFreeHasTheSizeOfItsBlock() {
    ProgramBuilder builder = new ProgramBuilder(10);
    int small = builder.malloc(10);
    int zeroed = builder.calloc(17);
    int aligned = builder.aligned(6, 20);
    int large = builder.malloc(129);
    builder.free(zeroed);
    builder.realloc(small, 100);
    builder.free(large);
    builder.free(aligned);
    builder.free(small);
    builder.malloc(3L << 32);
    CallKinds kinds = kinds(ParallelProgram.copies(builder.build(), 1));
    assertEquals(
        List.of(
            "malloc 16",
            "calloc 32",
            "aligned 64",
            "malloc 256",
            "free 32",
            "realloc 128",
            "free 256",
            "free 64",
            "free 128",
            "malloc " + (4L << 32)),
        texts(kinds, 0));
    assertTrue(kinds.hasClass(kinds.ofThread(0)[0]));
    assertFalse(kinds.hasClass(kinds.ofThread(0)[3]));
    assertTrue(CallKinds.isFree(kinds.ofThread(0)[4]));
    assertFalse(CallKinds.isFree(kinds.ofThread(0)[5]));
  }

  @Test
  void aBlockKeepsItsSizeOnTheWayToAnotherThread() {
    ParallelBuilder builder = new ParallelBuilder(2);
    int slots = builder.takeSlots(0, 2);
    int channel = builder.takeChannel();
    builder.opening().malloc(slots, 100);
    builder.part(0).move(slots, slots + 1);
    builder.part(0).post(channel);
    builder.part(1).await(channel, 1);
    builder.part(1).free(slots + 1);
    CallKinds kinds = kinds(builder.build());
    assertEquals(List.of("-", "-"), texts(kinds, 0));
    assertEquals(List.of("-", "free 128"), texts(kinds, 1));
  }

  @Test
  void copiesShareWhatTheyDo() {
    ProgramBuilder builder = new ProgramBuilder(2);
    builder.free(builder.malloc(60));
    CallKinds kinds = kinds(ParallelProgram.copies(builder.build(), 3));
    assertEquals(List.of("malloc 64", "free 64"), texts(kinds, 2));
    assertSame(kinds.ofThread(0), kinds.ofThread(2));
  }
}
