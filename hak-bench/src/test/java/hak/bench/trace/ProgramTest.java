package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  @Test
  void theSlotFreedLastIsUsedFirst() {
    ProgramBuilder builder = new ProgramBuilder(8);
    int a = builder.malloc(1);
    int b = builder.malloc(2);
    int c = builder.malloc(3);
    builder.free(a);
    builder.free(c);
    assertEquals(c, builder.malloc(4));
    assertEquals(a, builder.malloc(5));
    assertEquals(3, builder.malloc(6));
    builder.free(b);
    Program program = builder.build();
    assertEquals(4, program.slots());
    assertArrayEquals(new int[] {0, 2, 3}, program.leftover());
  }

  @Test
  void peakIsOfBytesAliveAtOnce() {
    ProgramBuilder builder = new ProgramBuilder(8);
    int a = builder.malloc(100);
    builder.realloc(a, 1000);
    builder.free(a);
    builder.malloc(300);
    builder.malloc(400);
    Program program = builder.build();
    assertEquals(1000, program.peakLiveBytes());
    assertEquals(1000, program.largestBytes());
  }

  @Test
  void sizesThatDoNotFitTheArgumentGoToTheSideTable() {
    ProgramBuilder builder = new ProgramBuilder(8);
    builder.malloc(0xFFFF_FFFFL);
    builder.malloc(1L << 32);
    builder.aligned(21, (1 << 26) - 1);
    builder.aligned(21, 1 << 26);
    Program program = builder.build();
    assertEquals(Program.MALLOC, Program.op(program.events()[0]));
    assertEquals(0xFFFF_FFFFL, Program.argument(program.events()[0]));
    assertEquals(Program.WIDE, Program.op(program.events()[1]));
    assertEquals(Program.ALIGNED, Program.op(program.events()[2]));
    assertEquals(1 << 21, Program.alignment(Program.argument(program.events()[2])));
    long entry = program.wide()[1];
    assertEquals(Program.ALIGNED, Program.wideOp(entry));
    assertEquals(1 << 21, Program.wideAlignment(entry));
    assertEquals(1 << 26, Program.wideSize(entry));
  }

  @Test
  void clippingBeyondTheLargestSizeChangesNothing() {
    ProgramBuilder builder = new ProgramBuilder(1);
    builder.malloc(1000);
    Program program = builder.build();
    assertSame(program, program.withSizesUpTo(1000));
  }

  @Test
  void clippingChangesSizesAlone() {
    ProgramBuilder builder = new ProgramBuilder(8);
    int a = builder.malloc(10);
    builder.calloc(5000);
    builder.aligned(8, 1L << 30);
    builder.realloc(a, 1L << 35);
    builder.free(a);
    Program program = builder.build();
    long[] clipped = program.withSizesUpTo(1000).events();
    assertEquals(program.events()[0], clipped[0]);
    assertEquals(Program.CALLOC, Program.op(clipped[1]));
    assertEquals(1000, Program.argument(clipped[1]));
    assertEquals(Program.ALIGNED, Program.op(clipped[2]));
    assertEquals(256, Program.alignment(Program.argument(clipped[2])));
    assertEquals(1000, Program.alignedSize(Program.argument(clipped[2])));
    assertEquals(Program.REALLOC, Program.op(clipped[3]));
    assertEquals(1000, Program.argument(clipped[3]));
    assertEquals(program.events()[4], clipped[4]);
  }

  @Test
  void aProgramFileHoldsAllOfAProgram(@TempDir Path folder) throws IOException {
    ProgramBuilder builder = new ProgramBuilder(8).untouched();
    for (int i = 0; i < 300_000; i++) {
      int slot = builder.malloc(i % 1000 == 0 ? (1L << 33) + i : i);
      if (i % 3 != 0) {
        builder.free(slot);
      }
    }
    Program written = builder.build();
    Path file = folder.resolve("test.program");
    ProgramFile.write(ParallelProgram.copies(written, 3), file);
    ParallelProgram copies = ProgramFile.read(file);
    assertEquals(3, copies.threads());
    assertTrue(copies.isOfCopies());
    assertFalse(copies.sharesBlocks());
    Program read = copies.program(2);
    assertArrayEquals(written.events(), read.events());
    assertArrayEquals(written.wide(), read.wide());
    assertArrayEquals(written.leftover(), read.leftover());
    assertEquals(written.slots(), read.slots());
    assertEquals(written.touches(), read.touches());
    assertEquals(written.peakLiveBytes(), read.peakLiveBytes());
    assertEquals(written.largestBytes(), read.largestBytes());
    assertTrue(written.wide().length > 0);
  }
}
