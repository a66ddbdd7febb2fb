package hak.bench.verify;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.replay.ArenaHeap;
import hak.bench.replay.Crew;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramBuilder;
import hak.core.inside.RawAccess;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** An allocator that breaks a promise is found out, whichever promise it is. */
class VerifierTest {
  /** Hands out its first block again and again. */
  private static final class OneBlockHeap extends ArenaHeap {
    private long only;

    @Override
    public synchronized long malloc(long home, int slot, long size) {
      only = only == 0 ? super.malloc(home, slot, size) : only;
      return only;
    }
  }

  private static String failure(ProgramBuilder program, ArenaHeap heap) {
    return assertThrows(VerificationException.class, () -> verify(program, heap, 1)).getMessage();
  }

  private static void verify(ProgramBuilder program, ArenaHeap heap, int threads) {
    try (Crew crew = new Crew(threads)) {
      Verifier verifier =
          new Verifier(ParallelProgram.copies(program.build(), threads), heap, crew);
      verifier.replay();
      verifier.freeLeftover();
    } finally {
      heap.close();
    }
  }

  private static void write(long address, int value) {
    RawAccess.everything().set(ValueLayout.JAVA_BYTE, address, (byte) value);
  }

  private static ProgramBuilder everything() {
    ProgramBuilder program = new ProgramBuilder(16);
    for (int round = 0; round < 50; round++) {
      int a = program.malloc(round);
      int b = program.calloc(1000 + round);
      int c = program.aligned(round % 13, 77);
      program.realloc(b, 10);
      program.realloc(a, 5000);
      program.malloc(0);
      program.free(c);
      program.free(b);
    }
    return program;
  }

  @Test
  void aGoodAllocatorPasses() {
    ArenaHeap heap = new ArenaHeap();
    assertDoesNotThrow(() -> verify(everything(), heap, 3));
    assertEquals(0, heap.liveBlocks());
  }

  @Test
  void theSameBlockTwiceIsAnOverlap() {
    ArenaHeap heap = new OneBlockHeap();
    ProgramBuilder program = new ProgramBuilder(2);
    program.malloc(100);
    program.malloc(100);
    String message = failure(program, heap);
    assertTrue(message.contains("event 1, block 1 of 100 B"), message);
    assertTrue(message.contains("overlaps"), message);
    assertTrue(message.contains("block 0 of thread 0"), message);
  }

  @Test
  void blocksWithoutBytesMustDifferToo() {
    ArenaHeap heap = new OneBlockHeap();
    ProgramBuilder program = new ProgramBuilder(2);
    program.malloc(0);
    program.malloc(0);
    assertTrue(failure(program, heap).contains("overlaps"));
  }

  @Test
  void blocksOfTwoThreadsMustNotOverlap() {
    ArenaHeap heap = new OneBlockHeap();
    ProgramBuilder program = new ProgramBuilder(1);
    program.malloc(64);
    VerificationException e =
        assertThrows(VerificationException.class, () -> verify(program, heap, 2));
    assertTrue(e.getMessage().contains("overlaps"), e.getMessage());
  }

  @Test
  void partialOverlapIsFound() {
    ArenaHeap heap =
        new ArenaHeap() {
          private long big;

          @Override
          protected long allocate(long alignment, long size) {
            if (big == 0) {
              big = super.allocate(alignment, size);
              return big;
            }
            return big + 4096;
          }

          @Override
          public long usableSize(long address) {
            return address == big ? 8192 : 16;
          }
        };
    ProgramBuilder program = new ProgramBuilder(2);
    program.malloc(8192);
    program.malloc(16);
    assertTrue(failure(program, heap).contains("overlaps"));
  }

  @Test
  void addressZeroIsNoBlock() {
    ArenaHeap heap =
        new ArenaHeap() {
          @Override
          public long malloc(long home, int slot, long size) {
            return 0;
          }
        };
    ProgramBuilder program = new ProgramBuilder(1);
    program.malloc(1);
    assertTrue(failure(program, heap).contains("the address is 0"));
  }

  @Test
  void misalignmentIsFound() {
    ArenaHeap heap =
        new ArenaHeap() {
          @Override
          protected long allocate(long alignment, long size) {
            return super.allocate(alignment * 2, size + 64) + 8;
          }
        };
    ProgramBuilder nine = new ProgramBuilder(1);
    nine.malloc(9);
    assertTrue(failure(nine, heap).contains("not at a multiple of 16"));
  }

  @Test
  void theAlignmentAskedForCounts() {
    ArenaHeap heap =
        new ArenaHeap() {
          @Override
          public long aligned(long home, int slot, long alignment, long size) {
            return super.aligned(home, slot, alignment * 2, size + alignment) + alignment / 2;
          }
        };
    ProgramBuilder program = new ProgramBuilder(1);
    program.aligned(12, 100);
    assertTrue(failure(program, heap).contains("not at a multiple of 4096"));
  }

  @Test
  void dirtyCallocIsFound() {
    ArenaHeap heap =
        new ArenaHeap() {
          @Override
          public long calloc(long home, int slot, long size) {
            long address = super.calloc(home, slot, size);
            write(address + size - 1, 1);
            return address;
          }
        };
    ProgramBuilder program = new ProgramBuilder(1);
    program.calloc(1003);
    String message = failure(program, heap);
    assertTrue(message.contains("calloc: byte 1002 is 0x01, expected 0x00"), message);
  }

  @Test
  void aByteOverwrittenIsFoundAtFree() {
    ArenaHeap heap =
        new ArenaHeap() {
          private long first;

          @Override
          protected long allocate(long alignment, long size) {
            long address = super.allocate(alignment, size);
            if (first == 0) {
              first = address;
            } else {
              byte old = RawAccess.everything().get(ValueLayout.JAVA_BYTE, first + 37);
              write(first + 37, old + 1);
            }
            return address;
          }
        };
    ProgramBuilder program = new ProgramBuilder(3);
    int a = program.malloc(100);
    program.malloc(100);
    program.free(a);
    String message = failure(program, heap);
    assertTrue(message.contains("event 2, block 0 of 100 B"), message);
    assertTrue(message.contains("byte 37 is"), message);
  }

  @Test
  void contentsLostByReallocAreFound() {
    ArenaHeap heap =
        new ArenaHeap() {
          @Override
          public long realloc(long address, long size) {
            long moved = super.realloc(address, size);
            write(moved + 50, 0);
            write(moved + 51, 0);
            return moved;
          }
        };
    ProgramBuilder grown = new ProgramBuilder(2);
    grown.realloc(grown.malloc(100), 200);
    assertTrue(failure(grown, heap).contains("event 1, block 1 of 200 B"));
  }

  @Test
  void contentsShiftedByReallocAreFound() {
    ArenaHeap heap =
        new ArenaHeap() {
          @Override
          public long realloc(long address, long size) {
            long moved = allocate(16, size);
            RawAccess.copy(address + 8, moved, 64);
            return moved;
          }
        };
    ProgramBuilder program = new ProgramBuilder(2);
    program.realloc(program.malloc(100), 64);
    assertTrue(failure(program, heap).contains("byte 0 is"));
  }

  @Test
  void aUsableSizeBelowTheSizeIsFound() {
    ArenaHeap heap =
        new ArenaHeap() {
          @Override
          public long usableSize(long address) {
            return super.usableSize(address) - 1;
          }
        };
    ProgramBuilder program = new ProgramBuilder(1);
    program.malloc(100);
    assertTrue(failure(program, heap).contains("usable size 99 is less"));
  }
}
