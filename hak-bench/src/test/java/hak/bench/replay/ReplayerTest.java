package hak.bench.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Part;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.inside.RawAccess;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayerTest {
  private static final int SHIFT_EVENTS = 64;

  private final ArenaHeap heap = new ArenaHeap();

  @AfterEach
  void unmap() {
    heap.close();
  }

  private static Program churn(int events) {
    ProgramBuilder builder = new ProgramBuilder(events);
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      switch (i % 7) {
        case 0, 1 -> live.add(builder.malloc(i % 100));
        case 2 -> live.add(builder.calloc(i % 100));
        case 3 -> live.add(builder.aligned(6, i % 100));
        case 4 -> builder.realloc(live.getFirst(), i % 200);
        default -> builder.free(live.removeFirst());
      }
    }
    return builder.build();
  }

  @Test
  void everyEventIsOneCallAndEveryBlockIsFreed() {
    Program program = churn(20_000);
    try (Crew crew = new Crew(3)) {
      Replayer replayer = Replayer.on(heap, ParallelProgram.copies(program, crew.size()), crew);
      long nanos = replayer.replay(Replayer.UNWATCHED);
      assertTrue(nanos > 0);
      assertEquals(3L * program.events().length, heap.calls());
      assertEquals(3 * program.leftover().length, heap.liveBlocks());
      replayer.freeLeftover();
      assertEquals(0, heap.liveBlocks());
    }
  }

  @Test
  void eachThreadIsWatchedEveryChunk() {
    Program program = churn(2 * Replayer.CHUNK_EVENTS + 1);
    AtomicIntegerArray chunks = new AtomicIntegerArray(2);
    try (Crew crew = new Crew(2)) {
      Replayer replayer = Replayer.on(heap, ParallelProgram.copies(program, crew.size()), crew);
      replayer.replay(chunks::incrementAndGet);
    }
    assertEquals(3, chunks.get(0));
    assertEquals(3, chunks.get(1));
  }

  /** A look at each of many short shifts would take longer than they do. */
  @Test
  void shortShiftsAreWatchedTogether() {
    Program program = churn(4 * Replayer.CHUNK_EVENTS);
    List<Part.Shift> shifts =
        IntStream.range(0, program.events().length / SHIFT_EVENTS)
            .mapToObj(i -> new Part.Shift(i * SHIFT_EVENTS, (i + 1) * SHIFT_EVENTS))
            .toList();
    AtomicIntegerArray looks = new AtomicIntegerArray(1);
    try (Crew crew = new Crew(1)) {
      Replayer.on(heap, ParallelProgram.copies(Part.inShifts(program, shifts), 1), crew)
          .replay(looks::incrementAndGet);
    }
    assertEquals(4, looks.get(0));
  }

  @Test
  void firstAndLastByteAreWrittenUnlessTheProgramSaysNo() {
    assertArrayEquals(new byte[] {100, 0, 100}, bytesAfterReplay(new ProgramBuilder(1)));
    assertArrayEquals(new byte[] {0, 0, 0}, bytesAfterReplay(new ProgramBuilder(1).untouched()));
  }

  private static byte[] bytesAfterReplay(ProgramBuilder builder) {
    builder.malloc(100);
    List<Long> addresses = new ArrayList<>();
    ArenaHeap noting =
        new ArenaHeap() {
          @Override
          protected long allocate(long alignment, long size) {
            long address = super.allocate(alignment, size);
            addresses.add(address);
            return address;
          }
        };
    try (Crew crew = new Crew(1)) {
      Replayer.on(noting, ParallelProgram.copies(builder.build(), 1), crew)
          .replay(Replayer.UNWATCHED);
    }
    byte[] found = new byte[3];
    for (int i = 0; i < 3; i++) {
      found[i] =
          RawAccess.everything()
              .get(ValueLayout.JAVA_BYTE, addresses.getFirst() + new int[] {0, 50, 99}[i]);
    }
    noting.close();
    return found;
  }

  /** An allocator of addresses alone. */
  private record Sizes(List<Long> seen) implements Operations {
    @Override
    public long malloc(long home, int slot, long size) {
      seen.add(size);
      return 16;
    }

    @Override
    public long calloc(long home, int slot, long size) {
      seen.add(-size);
      return 32;
    }

    @Override
    public long aligned(long home, int slot, long alignment, long size) {
      seen.add(alignment);
      seen.add(size);
      return 48;
    }

    @Override
    public long realloc(long address, long size) {
      seen.add(address);
      seen.add(size);
      return 64;
    }

    @Override
    public void free(long address) {
      seen.add(address);
    }

    @Override
    public long usableSize(long address) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void sizesInTheSideTableArrive() {
    long huge = 1L << 40;
    ProgramBuilder builder = new ProgramBuilder(8).untouched();
    builder.malloc(huge);
    int b = builder.calloc(huge - 1);
    builder.aligned(30, huge - 2);
    builder.realloc(b, huge - 3);
    builder.free(b);
    List<Long> seen = new ArrayList<>();
    try (Crew crew = new Crew(1)) {
      Replayer.on(new Sizes(seen), ParallelProgram.copies(builder.build(), 1), crew)
          .replay(Replayer.UNWATCHED);
    }
    assertEquals(List.of(huge, 1 - huge, 1L << 30, huge - 2, 32L, huge - 3, 64L), seen);
  }

  @Test
  void theFloorKeepsWithinItsBuffer() {
    ProgramBuilder builder = new ProgramBuilder(8);
    for (int i = 0; i < 1000; i++) {
      builder.malloc(i);
    }
    builder.malloc(1L << 39);
    ParallelProgram program = ParallelProgram.copies(builder.build(), 2);
    assertEquals(4096, Floor.strideBytes(program));
    assertTrue(Floor.bufferBytes(program) < 6 << 20);
    try (Crew crew = new Crew(2);
        Floor floor = new Floor(program, crew)) {
      assertTrue(floor.replayer().round() > 0);
    }
  }

  @Test
  void aFailureOnAnyThreadIsThrown() {
    try (Crew crew = new Crew(3)) {
      OutOfMemoryError e =
          assertThrows(
              OutOfMemoryError.class,
              () ->
                  crew.run(index -> {
                    if (index == 1) {
                      throw new OutOfMemoryError("on purpose");
                    }
                  }));
      assertEquals("on purpose", e.getMessage());
    }
  }

  @Test
  void aThreadKeepsItsNumber() {
    try (Crew crew = new Crew(4)) {
      long[] first = new long[4];
      long[] second = new long[4];
      crew.run(index -> first[index] = Thread.currentThread().threadId());
      crew.run(index -> second[index] = Thread.currentThread().threadId());
      assertArrayEquals(first, second);
    }
  }
}
