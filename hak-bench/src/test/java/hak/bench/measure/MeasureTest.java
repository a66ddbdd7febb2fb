package hak.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.replay.Crew;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramBuilder;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.core.profile.Profile;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
  private static final Profile PROFILE =
      Profile.ofTiers("test", List.of("tiny", "mid", "large", "big"));
  private static final long PAGE = 4096;

  private static void touch(long address, long pages) {
    for (long page = 0; page < pages; page++) {
      RawAccess.everything().set(ValueLayout.JAVA_BYTE, address + page * PAGE, (byte) 1);
    }
  }

  @Test
  void pagesCountOnceTheyAreTouched() throws IOException {
    try (HakAllocator stack = Hak.open(PROFILE)) {
      ResidentMemory memory = new ResidentMemory(stack);
      long block = memory.operations().malloc(0, 0, 1 << 20);
      long before = memory.sample();
      touch(block, 100);
      long grown = memory.sample() - before;
      assertTrue(grown >= 100 * PAGE && grown <= 102 * PAGE, "grown by " + grown);
    }
  }

  @Test
  void memoryOutsideTheReservationCountsUntilItGoesBack() throws IOException {
    try (HakAllocator stack = Hak.open(PROFILE)) {
      ResidentMemory memory = new ResidentMemory(stack);
      long before = memory.sample();
      long block = memory.operations().malloc(0, 0, 64 << 20);
      touch(block, 300);
      assertTrue(memory.sample() - before >= 300 * PAGE);
      memory.operations().free(block);
      assertTrue(memory.sample() - before >= 300 * PAGE, "kept, and counted");
      stack.trim();
      assertTrue(memory.sample() - before < 100 * PAGE);
    }
  }

  @Test
  void theMemoryOfTheJvmDoesNotCount() throws IOException {
    try (HakAllocator stack = Hak.open(PROFILE)) {
      ResidentMemory memory = new ResidentMemory(stack);
      long before = memory.sample();
      byte[] heap = new byte[32 << 20];
      assertEquals(32 << 20, heap.length);
      assertEquals(before, memory.sample());
    }
  }

  @Test
  void aRoundHasABaselineAPeakAndAnEnd() throws IOException {
    ProgramBuilder builder = new ProgramBuilder(40_000);
    for (int i = 0; i < 20_000; i++) {
      builder.malloc(1000);
    }
    for (int i = 0; i < 20_000; i++) {
      builder.free(i);
    }
    try (HakAllocator stack = Hak.open(PROFILE);
        Crew crew = new Crew(2)) {
      MemoryRound round =
          MemoryRound.measure(stack, ParallelProgram.copies(builder.build(), 2), crew);
      assertTrue(round.baselineBytes() < 4 << 20, round.toString());
      // The last sample of either thread before its first free sees 16,384 blocks of its own.
      assertTrue(round.peakBytes() > 16_000_000, round.toString());
      assertTrue(round.finalBytes() <= round.peakBytes() + (20 << 20), round.toString());
    }
  }

  @Test
  void faultsOfThisThreadAreCounted() {
    try (HakAllocator stack = Hak.open(PROFILE)) {
      long block = stack.malloc(4 << 20);
      long before = PageFaults.ofCurrentThread().orElseThrow();
      touch(block, 500);
      long faults = PageFaults.ofCurrentThread().orElseThrow() - before;
      assertTrue(faults >= 1, "faults " + faults);
      stack.free(block);
    }
  }
}
