package hak.bench.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Part;
import hak.bench.workload.SyntheticWorkloads;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScheduleTest {
  private static ParallelProgram program(String request) {
    return SyntheticWorkloads.parse(request).program();
  }

  /** Thread 0 awaits what thread 1 never posts, because it fails. */
  private static ParallelProgram waiting() {
    ParallelBuilder builder = new ParallelBuilder(2);
    int slot = builder.takeSlots(1, 1);
    int channel = builder.takeChannel();
    builder.part(1).malloc(slot, 1);
    builder.part(1).post(channel);
    builder.part(0).await(channel, 1);
    builder.part(0).free(slot);
    return builder.build();
  }

  @Test
  void aThreadThatFailsLeavesNobodyWaiting() {
    ArenaHeap heap =
        new ArenaHeap() {
          @Override
          public long malloc(long home, int slot, long size) {
            throw new OutOfMemoryError("on purpose");
          }
        };
    try (heap;
        Crew crew = new Crew(2)) {
      Replayer replayer = Replayer.on(heap, waiting(), crew);
      OutOfMemoryError e =
          assertThrows(OutOfMemoryError.class, () -> replayer.replay(Replayer.UNWATCHED));
      assertEquals("on purpose", e.getMessage());
    }
  }

  @Test
  void aRoundAfterOneThatFailedBeginsAnew() {
    ArenaHeap heap =
        new ArenaHeap() {
          private boolean failed;

          @Override
          public long malloc(long home, int slot, long size) {
            if (!failed) {
              failed = true;
              throw new OutOfMemoryError("on purpose");
            }
            return super.malloc(home, slot, size);
          }
        };
    try (heap;
        Crew crew = new Crew(2)) {
      Replayer replayer = Replayer.on(heap, waiting(), crew);
      assertThrows(OutOfMemoryError.class, () -> replayer.replay(Replayer.UNWATCHED));
      assertTrue(replayer.round() > 0);
      assertEquals(0, heap.liveBlocks());
    }
  }

  @Test
  void eachShiftHasAThreadOfItsOwn() {
    ParallelProgram program = program("larson:replacements=100,slots=10,generations=4");
    Map<Thread, Integer> parts = new ConcurrentHashMap<>();
    List<Thread> opened = new CopyOnWriteArrayList<>();
    try (Crew crew = new Crew(2)) {
      new Schedule(program, crew)
          .run((thread, _, _) -> {
            if (thread == program.threads()) {
              opened.add(Thread.currentThread());
            } else {
              parts.put(Thread.currentThread(), thread);
            }
          });
    }
    assertEquals(List.of(Thread.currentThread()), opened);
    assertEquals(8, parts.size());
    assertEquals(4, parts.values().stream().filter(part -> part == 1).count());
  }

  @Test
  void whatAShiftThrowsEndsItsSuccession() {
    ParallelProgram program = program("larson:replacements=100,slots=10,generations=50");
    List<Integer> begun = new CopyOnWriteArrayList<>();
    try (Crew crew = new Crew(2)) {
      Schedule schedule = new Schedule(program, crew);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  schedule.run((thread, _, _) -> {
                    if (thread == 1) {
                      begun.add(thread);
                      throw new IllegalArgumentException("on purpose");
                    }
                  }));
      assertEquals("on purpose", e.getMessage());
    }
    assertEquals(List.of(1), begun);
  }

  /** Shift by shift in the order of the program, each task on a virtual thread of its own. */
  @Test
  void virtualThreadsTakeTurns() {
    ParallelProgram program = program("virtual-threads:threads=2,tasks=20,turns=5,calls=3");
    List<Part.Shift> shifts = program.parts().getLast().shifts();
    List<Part.Shift> replayed = new CopyOnWriteArrayList<>();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    try (Crew crew = new Crew(2)) {
      new Schedule(program, crew)
          .run((part, from, to) -> {
            if (part == 1) {
              replayed.add(new Part.Shift(from, to));
              threads.add(Thread.currentThread());
            }
          });
    }
    assertEquals(shifts, replayed);
    assertTrue(threads.stream().allMatch(Thread::isVirtual));
    assertEquals(10, threads.stream().distinct().count());
    assertEquals(threads.subList(0, 40), threads.subList(10, 50));
  }

  @Test
  void whatATurnThrowsEndsThemAll() throws InterruptedException {
    ParallelProgram program = program("virtual-threads:threads=1,tasks=20,turns=5,calls=3");
    List<Thread> begun = new CopyOnWriteArrayList<>();
    try (Crew crew = new Crew(1)) {
      Schedule schedule = new Schedule(program, crew);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  schedule.run((_, _, _) -> {
                    begun.add(Thread.currentThread());
                    if (begun.size() == 33) {
                      throw new IllegalArgumentException("on purpose");
                    }
                  }));
      assertEquals("on purpose", e.getMessage());
    }
    for (Thread thread : begun) {
      thread.join(); // none is left parked
    }
    assertEquals(33, begun.size());
  }

  @Test
  void onlyAThreadOfTheCrewReplaysRepeatedShifts() {
    ParallelProgram program = program("phases:phases=2,steps=10,repeats=3");
    List<Thread> threads = new CopyOnWriteArrayList<>();
    List<Integer> beginnings = new CopyOnWriteArrayList<>();
    try (Crew crew = new Crew(1)) {
      Thread[] ofCrew = new Thread[1];
      crew.run(_ -> ofCrew[0] = Thread.currentThread());
      new Schedule(program, crew)
          .run((_, from, _) -> {
            threads.add(Thread.currentThread());
            beginnings.add(from);
          });
      assertEquals(Collections.nCopies(6, ofCrew[0]), threads);
    }
    int second = program.parts().getFirst().shifts().getLast().from();
    assertEquals(List.of(0, 0, 0, second, second, second), beginnings);
  }

  @Test
  void aCrewOfAnotherSizeIsRefused() {
    try (Crew crew = new Crew(3)) {
      assertThrows(IllegalArgumentException.class, () -> new Schedule(waiting(), crew));
    }
  }

  @Test
  void theCallSumDoesNotDependOnWhoIsFaster() {
    ParallelProgram program = program("remote-50:steps=20000,threads=4");
    try (Crew crew = new Crew(4)) {
      long sum = CallSum.of(program, crew);
      for (int i = 0; i < 5; i++) {
        assertEquals(sum, CallSum.of(program, crew));
      }
    }
  }

  @Test
  void theCallSumTellsOtherCallsFromThese() {
    String same = "larson:replacements=50,slots=10";
    long sum = sum(same);
    assertEquals(sum, sum(same));
    for (String other : List.of(",max=999", ",generations=3", ",threads=3")) {
      assertNotEquals(sum, sum(same + other), other);
    }
  }

  private static long sum(String request) {
    ParallelProgram program = program(request);
    try (Crew crew = new Crew(program.threads())) {
      return CallSum.of(program, crew);
    }
  }

  /** Every block of the table of all is freed by the thread that has it in the end. */
  @Test
  void nothingIsLeftOfARoundOfThreadsThatMeet() {
    for (String request :
        List.of(
            "remote-90:steps=30000,threads=3",
            "xmalloc:batch=100,batches=50,threads=2",
            "larson:replacements=3000,slots=100,generations=3",
            "mleak:generations=20",
            "virtual-threads:tasks=300")) {
      ParallelProgram program = program(request);
      ArenaHeap heap = new ArenaHeap();
      try (heap;
          Crew crew = new Crew(program.threads())) {
        Replayer replayer = Replayer.on(heap, program, crew);
        replayer.round();
        assertEquals(0, heap.liveBlocks(), request);
      }
    }
  }
}
