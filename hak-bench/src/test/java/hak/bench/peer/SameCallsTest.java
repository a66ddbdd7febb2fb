package hak.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hak.bench.SmallWorkloads;
import hak.bench.replay.CallSum;
import hak.bench.replay.Crew;
import hak.bench.replay.Floor;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramBuilder;
import hak.bench.trace.ProgramFile;
import hak.bench.trace.ShippedTraces;
import hak.bench.workload.SyntheticWorkloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loops in Java and in C make the same calls, and go on making them. */
@Timeout(120)
class SameCallsTest {
  @TempDir private Path folder;
  private NativeReplay replay;

  @BeforeEach
  void findCompiler() {
    Optional<NativeReplay> found = NativeReplay.prepare();
    assumeTrue(found.isPresent(), "no C compiler");
    replay = found.get();
  }

  static List<String> workloads() {
    return SmallWorkloads.requests();
  }

  private Path write(ParallelProgram program, String name) throws IOException {
    Path file = folder.resolve(name);
    ProgramFile.write(program, file);
    return file;
  }

  private static long sumInJava(ParallelProgram program) {
    try (Crew crew = new Crew(program.threads())) {
      return CallSum.of(program, crew);
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void bothLanguagesMakeTheSameCalls(String workload) throws IOException {
    ParallelProgram program = SyntheticWorkloads.parse(workload).program();
    long expected = sumInJava(program);
    Path file = write(program, "program");
    try (Contestant glibc = replay.start(NativePeer.GLIBC, file)) {
      assertEquals(expected, glibc.callSum());
      assertTrue(glibc.round(0) > 0);
      assertEquals(expected, glibc.callSum(), "between rounds");
      assertTrue(glibc.round(0) > 0);
      assertTrue(glibc.peakBytes(0) > 0);
    }
    try (Contestant floor = replay.floor(program, write(Floor.program(program), "floor"))) {
      assertTrue(floor.round(0) > 0);
      assertTrue(floor.round(0) > 0);
    }
  }

  /** All operations, those that no synthetic workload has among them. */
  @Test
  void everyOperationIsTheSameCall() throws IOException {
    ProgramBuilder builder = new ProgramBuilder(16);
    int a = builder.malloc(10);
    int b = builder.calloc(1L << 33);
    int c = builder.aligned(2, 77);
    builder.aligned(12, 1L << 27);
    builder.realloc(a, 1L << 35);
    builder.realloc(b, 5);
    builder.free(c);
    ParallelProgram program = ParallelProgram.copies(builder.build(), 3);
    try (Contestant glibc = replay.start(NativePeer.GLIBC, write(program, "program"))) {
      assertEquals(sumInJava(program), glibc.callSum());
    }
  }

  @Test
  void theThreadsOfATraceMakeTheSameCalls() throws IOException {
    ParallelProgram program = ShippedTraces.openThreads("jvm-javac");
    try (Contestant glibc = replay.start(NativePeer.GLIBC, write(program, "program"))) {
      assertEquals(sumInJava(program), glibc.callSum());
      assertTrue(glibc.round(0) > 0);
    }
    try (Contestant floor = replay.floor(program, write(Floor.program(program), "floor"))) {
      assertTrue(floor.round(0) > 0);
    }
  }

  @Test
  void contestantsThatDoNotDoTheSameAreFoundOut() throws IOException {
    Path one = write(SyntheticWorkloads.parse("fixed-16:steps=100").program(), "one");
    Path other = write(SyntheticWorkloads.parse("fixed-32:steps=100").program(), "other");
    Match match = new Match(1, 1);
    match.add("one", () -> replay.start(NativePeer.GLIBC, one));
    match.add("other", () -> replay.start(NativePeer.GLIBC, other));
    String message =
        assertThrows(IllegalStateException.class, () -> match.playFork(_ -> {})).getMessage();
    assertTrue(message.startsWith("one and other do not make the same calls: "), message);
    assertEquals(0, match.forks());
  }
}
