package hak.bench.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.replay.CallSum;
import hak.bench.replay.Crew;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Part;
import hak.bench.trace.Part.Workers;
import hak.bench.trace.Program;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TasksTest {
  private static final String SETTINGS = ":threads=2,tasks=101,turns=3,calls=40";

  private static ParallelProgram program(String request) {
    return SyntheticWorkloads.parse(request).program();
  }

  @Test
  void aTaskIsAVirtualThreadWithTurns() {
    ParallelProgram program = program("virtual-threads" + SETTINGS);
    assertFalse(program.keepsItsThreads());
    assertEquals(2, program.threads());
    for (Part part : program.parts()) {
      assertEquals(Workers.VIRTUAL_THREADS, part.workers());
      assertEquals(51, part.virtualThreads());
      assertEquals(3 * 51, part.shifts().size());
      assertEquals(0, part.program().leftover().length);
      // In the last turn what a task has is freed as well.
      assertTrue(part.calls() > 3 * 51 * 40 && part.calls() < 3 * 51 * 40 + 51 * 16);
    }
  }

  @Test
  void tasksHaveBlocksOfTheirOwn() {
    Part part = program("virtual-threads" + SETTINGS).parts().getFirst();
    int[] owners = new int[part.program().slots()];
    Arrays.fill(owners, -1);
    for (int i = 0; i < part.shifts().size(); i++) {
      int task = i % part.virtualThreads();
      for (int at = part.shifts().get(i).from(); at < part.shifts().get(i).to(); at++) {
        int slot = Program.slot(part.program().events()[at]);
        boolean isMalloc = Program.op(part.program().events()[at]) == Program.MALLOC;
        assertEquals(isMalloc ? -1 : task, owners[slot], "event " + at);
        owners[slot] = isMalloc ? task : -1;
      }
    }
  }

  @Test
  void platformThreadsMakeTheSameCalls() {
    ParallelProgram virtual = program("virtual-threads" + SETTINGS);
    ParallelProgram platform = program("platform-threads" + SETTINGS);
    assertTrue(platform.keepsItsThreads());
    assertArrayEquals(virtual.program(1).events(), platform.program(1).events());
    try (Crew crew = new Crew(2)) {
      assertEquals(CallSum.of(virtual, crew), CallSum.of(platform, crew));
    }
  }

  @Test
  void aThreadOfMleakLeavesOneBlock() {
    ParallelProgram program = program("mleak:threads=2,generations=50,blocks=7");
    for (Part part : program.parts()) {
      assertEquals(Workers.SUCCESSORS, part.workers());
      assertEquals(50, part.shifts().size());
      assertEquals(50, part.program().leftover().length);
      assertEquals(50 * 15, part.calls());
      assertEquals(0, program.remoteFrees());
    }
  }
}
