package hak.bench.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.memory.SizeClasses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallWalkTest {
  /** Class 1 is 16 B, 2 is 64 B, 3 is 256 B. */
  private static final SizeClasses CLASSES = SizeClasses.of(16, 64, 256);

  private final ProgramBuilder program = new ProgramBuilder(16);

  private static List<String> told(ParallelProgram program) {
    List<String> told = new ArrayList<>();
    List<Integer> allocated = new ArrayList<>();
    Calls calls =
        new Calls() {
          @Override
          public int allocate(int thread, int sizeClass, long size) {
            assertTrue(size <= CLASSES.largestBytes() || sizeClass == 0, "size " + size);
            told.add(thread + "+" + sizeClass);
            allocated.add(sizeClass);
            return allocated.size() - 1;
          }

          @Override
          public void free(int thread, int sizeClass, int block) {
            assertEquals(allocated.get(block), sizeClass);
            allocated.set(block, null); // each is freed once
            told.add(thread + "-" + sizeClass);
          }
        };
    CallWalk.walk(program, CLASSES, calls);
    return told;
  }

  private List<String> told() {
    return told(ParallelProgram.copies(program.build(), 1));
  }

  @Test
  void sizesAreClasses() {
    int small = program.malloc(10);
    program.calloc(17);
    program.malloc(257); // no class
    int aligned = program.aligned(6, 40); // at a multiple of 64
    program.free(small);
    program.free(aligned);
    assertEquals(List.of("0+1", "0+2", "0+0", "0+2", "0-1", "0-2"), told());
  }

  @Test
  void aReallocationIsOneOnlyWhereTheBlockMoves() {
    int block = program.malloc(40); // 64 B
    program.realloc(block, 64); // in place
    program.realloc(block, 32); // half: in place
    program.realloc(block, 31); // less: moves, to another block of the same class
    program.realloc(block, 200); // moves
    program.realloc(block, 5000); // leaves the classes
    program.realloc(block, 9000); // stays outside
    program.free(block);
    assertEquals(List.of("0+2", "0+2", "0-2", "0+3", "0-2", "0+0", "0-3", "0-0"), told());
  }

  @Test
  void aBlockThatIsHandedOverIsFreedByWhoGotIt() {
    ParallelBuilder builder = new ParallelBuilder(2);
    int slots = builder.takeSlots(0, 8);
    int channel = builder.takeChannel();
    for (int i = 0; i < CallWalk.TURN; i++) {
      builder.part(1).malloc(slots, 10);
      builder.part(1).free(slots);
    }
    builder.part(1).malloc(slots, 200);
    builder.part(1).move(slots, slots + 2);
    builder.part(1).post(channel);
    builder.part(0).await(channel, 1); // and has the first turn
    builder.part(0).free(slots + 2);
    List<String> told = told(builder.build());
    assertEquals(2 * CallWalk.TURN + 2, told.size());
    assertEquals(List.of("1+3", "0-3"), told.subList(told.size() - 2, told.size()));
  }

  /** Programs whose threads meet, wait, follow each other: every call is told. */
  @ParameterizedTest
  @ValueSource(
      strings = {"larson:threads=3", "xmalloc:threads=2", "remote-50", "mstress:threads=2"})
  void workloadsAreToldToTheEnd(String name) {
    ParallelProgram workload = Workload.synthetic(name).program();
    long[] counts = new long[2];
    CallWalk.walk(
        workload,
        CLASSES,
        new Calls() {
          @Override
          public int allocate(int thread, int sizeClass, long size) {
            counts[0]++;
            return 0;
          }

          @Override
          public void free(int thread, int sizeClass, int block) {
            counts[1]++;
          }
        });
    long ofOpening = workload.opening() == null ? 0 : callsOf(workload.opening());
    assertEquals(workload.calls() + ofOpening, counts[0] + counts[1], "none is a reallocation");
    assertTrue(counts[0] >= counts[1], counts[0] + ", " + counts[1]);
  }

  private static long callsOf(Program opening) {
    return opening.calls(0, opening.events().length);
  }
}
