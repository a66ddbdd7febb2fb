package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ParallelBuilderTest {
  private final ParallelBuilder builder = new ParallelBuilder(2);
  private final ParallelBuilder.PartBuilder first = builder.part(0);
  private final ParallelBuilder.PartBuilder second = builder.part(1);
  private final int slots = builder.takeSlots(0, 8);
  private final int channel = builder.takeChannel();

  private static void refused(String reason, Executable addition) {
    String message = assertThrows(IllegalStateException.class, addition).getMessage();
    assertTrue(message.contains(reason), message);
  }

  private ParallelProgram handOver() {
    first.malloc(slots, 100);
    first.malloc(slots + 1, 50);
    first.move(slots, slots + 2);
    first.post(channel);
    second.await(channel, 1);
    second.free(slots + 2);
    first.malloc(slots, 10);
    first.free(slots + 1);
    return builder.build();
  }

  @Test
  void blocksThatWentToAnotherThreadAreCounted() {
    ParallelProgram program = handOver();
    assertEquals(2, program.frees());
    assertEquals(1, program.remoteFrees());
    assertEquals(0.5, program.remoteShare());
    assertEquals(1, program.channels());
    assertTrue(program.sharesBlocks());
    assertNull(program.opening());
    assertEquals(100, program.largestBytes());
  }

  @Test
  void writesAreNoCallsAndNeedABlock() {
    refused("is empty", () -> first.write(slots, 1));
    first.malloc(slots, 100);
    first.write(slots, 3);
    Program program = builder.build().program(0);
    assertEquals(1, program.calls(0, 2));
    assertEquals(Program.WRITE, Program.wideOp(program.wide()[0]));
    assertEquals(3, Program.wideSize(program.wide()[0]));
  }

  @Test
  void movesAndMeetingsAreNoCalls() {
    ParallelProgram program = handOver();
    assertEquals(4, program.parts().get(0).calls());
    assertEquals(1, program.parts().get(1).calls());
    assertEquals(5, program.calls());
    assertEquals(2.5, program.callsPerThread());
  }

  @Test
  void theKeeperOfASlotFreesWhatIsLeft() {
    int kept = builder.takeSlots(1, 1);
    first.malloc(kept, 1);
    first.malloc(slots + 3, 1);
    ParallelProgram program = builder.build();
    assertArrayEquals(new int[] {slots + 3}, program.program(0).leftover());
    assertArrayEquals(new int[] {kept}, program.program(1).leftover());
  }

  @Test
  void slotsOfTwoThreadsAreCacheLinesApart() {
    assertTrue(builder.takeSlots(1, 1) >= slots + 8 + 16);
  }

  @Test
  void shiftsCoverTheEventsAndCountAgain() {
    second.malloc(slots, 1);
    second.free(slots);
    second.endShift();
    second.repeatShift(2);
    second.malloc(slots, 1);
    Part part = builder.build().parts().get(1);
    Part.Shift whole = new Part.Shift(0, 2);
    assertEquals(List.of(whole, whole, whole, new Part.Shift(2, 3)), part.shifts());
    assertEquals(7, part.calls());
  }

  @Test
  void whatCannotHappenIsRefused() {
    refused("is empty", () -> first.free(slots));
    refused("is empty", () -> first.move(slots, slots + 1));
    first.malloc(slots, 1);
    first.malloc(slots + 1, 1);
    refused("has a block", () -> second.malloc(slots, 1));
    refused("has a block", () -> first.move(slots, slots + 1));
    refused("has not counted up to 1", () -> second.await(channel, 1));
    first.post(channel);
    second.await(channel, 1);
    refused("has not counted up to 2", () -> second.await(channel, 2));
  }

  @Test
  void channelsNeedATableOfAll() {
    Part part = Part.of(new ProgramBuilder(1).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ParallelProgram(List.of(part), null, false, 1, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new ParallelProgram(List.of(), null, true, 0, 0, 0));
  }

  @Test
  void clippingLeavesMeetingsAlone() {
    ParallelProgram clipped = handOver().withSizesUpTo(20);
    assertEquals(20, clipped.largestBytes());
    Program program = clipped.program(0);
    assertEquals(Program.MOVE, Program.op(program.events()[2]));
    assertEquals(slots + 2, Program.argument(program.events()[2]));
    long meeting = program.events()[3];
    assertEquals(Program.WIDE, Program.op(meeting));
    assertEquals(Program.POST, Program.wideOp(program.wide()[(int) Program.argument(meeting)]));
    assertEquals(channel, Program.slot(meeting));
  }

  @Test
  void aFileHoldsPartsOpeningAndShifts(@TempDir Path folder) throws IOException {
    builder.opening().malloc(slots + 5, 7);
    second.free(slots + 5);
    second.malloc(slots + 5, 9);
    second.endShift();
    second.repeatShift(1);
    ParallelProgram written = handOver();
    Path file = folder.resolve("test.program");
    ProgramFile.write(written, file);
    ParallelProgram read = ProgramFile.read(file);
    assertEquals(2, read.threads());
    assertEquals(written.channels(), read.channels());
    assertEquals(written.frees(), read.frees());
    assertEquals(written.remoteFrees(), read.remoteFrees());
    assertTrue(read.sharesBlocks());
    for (int thread = 0; thread <= 2; thread++) {
      assertArrayEquals(written.program(thread).events(), read.program(thread).events());
      assertArrayEquals(written.program(thread).wide(), read.program(thread).wide());
      assertArrayEquals(written.program(thread).leftover(), read.program(thread).leftover());
    }
    for (int thread = 0; thread < 2; thread++) {
      Part before = written.parts().get(thread);
      Part after = read.parts().get(thread);
      assertEquals(before.shifts(), after.shifts());
      assertEquals(before.workers(), after.workers());
    }
    assertEquals(Part.Workers.SUCCESSORS, read.parts().get(1).workers());
  }

  @Test
  void aFileHoldsVirtualThreads(@TempDir Path folder) throws IOException {
    ProgramBuilder events = new ProgramBuilder(4);
    events.free(events.malloc(1));
    List<Part.Shift> shifts = List.of(new Part.Shift(0, 1), new Part.Shift(1, 2));
    Part part = Part.ofVirtualThreads(events.build(), shifts, 2);
    Path file = folder.resolve("test.program");
    ProgramFile.write(ParallelProgram.copies(part, 3), file);
    ParallelProgram read = ProgramFile.read(file);
    assertEquals(3, read.threads());
    assertTrue(read.isOfCopies());
    assertEquals(shifts, read.parts().getFirst().shifts());
    assertEquals(Part.Workers.VIRTUAL_THREADS, read.parts().getFirst().workers());
    assertEquals(2, read.parts().getFirst().virtualThreads());
  }

  @Test
  void workersNeedShifts() {
    Program program = new ProgramBuilder(1).build();
    List<Part.Shift> one = List.of(new Part.Shift(0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Part(program, List.of(), Part.Workers.SUCCESSORS, 0));
    assertThrows(IllegalArgumentException.class, () -> Part.ofVirtualThreads(program, one, 2));
    assertThrows(IllegalArgumentException.class, () -> Part.ofVirtualThreads(program, one, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Part(program, one, Part.Workers.OWN_THREAD, 1));
  }
}
