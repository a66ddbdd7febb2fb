package hak.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hak.bench.process.JsonLine;
import hak.bench.replay.Floor;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramBuilder;
import hak.bench.trace.ProgramFile;
import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContestantTest {
  @TempDir private Path folder;
  private ParallelProgram program;
  private Path file;

  @BeforeEach
  void writeProgram() throws IOException {
    ProgramBuilder builder = new ProgramBuilder(1000);
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      live.add(builder.malloc(i));
      live.add(builder.calloc(i % 700));
      live.add(builder.aligned(i % 12, i % 300));
      builder.realloc(live.get(i % live.size()), i % 5000);
      builder.free(live.remove(/* index */ i % live.size()));
    }
    program = ParallelProgram.copies(builder.build(), 2);
    file = folder.resolve("test.program");
    ProgramFile.write(program, file);
  }

  private long peakLiveBytes() {
    return program.program(0).peakLiveBytes();
  }

  private StoredProgram stored() {
    return StoredProgram.of(program, file);
  }

  private static NativeReplay nativeReplay() {
    Optional<NativeReplay> replay = NativeReplay.prepare();
    assumeTrue(replay.isPresent(), "no C compiler");
    return replay.get();
  }

  @Test
  void theNativeProgramReplaysUnderTheCLibrary() throws IOException {
    for (int threads : new int[] {1, 3}) {
      ProgramFile.write(ParallelProgram.copies(program.program(0), threads), file);
      try (Contestant glibc = nativeReplay().start(NativePeer.GLIBC, file)) {
        glibc.warmUp(0);
        assertTrue(glibc.round(0) > 0);
        assertTrue(glibc.round(0) > 0);
        assertTrue(glibc.peakBytes(0) > peakLiveBytes() / 2);
      }
    }
  }

  @Test
  void theNativeProgramReplaysUnderEveryLibraryThatIsInstalled() {
    NativeReplay replay = nativeReplay();
    for (NativePeer.Known known : NativePeer.KNOWN) {
      Optional<NativePeer> peer = NativePeer.find(known);
      if (peer.isPresent()) {
        assertTrue(replay.canRun(peer.get()), known.name());
        try (Contestant contestant = replay.start(peer.get(), file)) {
          assertTrue(contestant.round(0) > 0);
        }
      }
    }
  }

  @Test
  void theNativeFloorReplays() throws IOException {
    Path floorFile = folder.resolve("floor.program");
    ProgramFile.write(Floor.program(program), floorFile);
    try (Contestant floor = nativeReplay().floor(program, floorFile)) {
      assertTrue(floor.round(0) > 0);
    }
  }

  @Test
  void aLibraryThatIsNoneIsNotRun() throws IOException {
    Path text = Files.writeString(folder.resolve("libtext.so"), "not a library");
    assertFalse(nativeReplay().canRun(new NativePeer("text", Optional.of(text))));
  }

  @Test
  void aProcessThatEndsEarlySaysWhy() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.program"));
    try (Contestant glibc = nativeReplay().start(NativePeer.GLIBC, empty)) {
      UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> glibc.round(0));
      assertTrue(e.getMessage().contains("peer glibc ended early"), e.getMessage());
      assertTrue(e.getMessage().contains("too short"), e.getMessage());
    }
  }

  @Test
  void aJvmReplaysThroughFfm() {
    try (Contestant ffm = JavaReplay.ffm(stored())) {
      assertTrue(ffm.round(0) > 0);
      assertNull(ffm.peakBytes(0));
    }
  }

  /** The settings of a profile reach the other process as what they are. */
  @Test
  void aJvmReplaysOnAProfileOfOurs() {
    Profile ours =
        Hak.profile("default")
            .with(Section.CACHES, List.of("noop", "tls-sll"))
            .withSetting("tls-sll", "capacity", 16L)
            .withSetting("tiny", "classes", "pow2")
            .with(StackOptions.REGION, 1L << 30);
    TargetOrder order = TargetOrder.of(ours);
    assertEquals(order, JsonLine.parse(JsonLine.of(order), TargetOrder.class));
    try (Contestant stack = JavaReplay.stacks(List.of(ours), stored())) {
      assertTrue(stack.round(0) > 0);
      assertTrue(stack.peakBytes(0) > peakLiveBytes() / 2);
    }
  }
}
