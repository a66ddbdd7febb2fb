package hak.bench.replay;

import hak.bench.trace.Program;
import hak.core.inside.RawAccess;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The loop. Never used as it stands: {@link LoopSpecialiser} loads these bytes anew for each
 * allocator, with the allocator as a constant.
 *
 * <pre>
 * event -> op, slot, argument
 *   FREE             blocks[slot] -> free
 *   MALLOC           malloc -> blocks[slot], touch
 *   CALLOC, ALIGNED  likewise
 *   REALLOC          blocks[slot] -> realloc -> blocks[slot], touch
 *   MOVE             blocks[slot] -> blocks[argument]
 *   WIDE             one of these with its size in the side table, a meeting with another thread,
 *                    or many writes of blocks[slot]
 * touch: the first and the last byte are written
 * </pre>
 *
 * <p>{@code ADDRESS_MASK} takes nothing from an address of a user program; it tells the compiler
 * that the access lies in the segment of all memory, and the bounds check goes.
 *
 * <p>The loop of the C peers, {@code peers/replay.c}, is this one statement by statement.
 */
final class ReplayLoop implements Replay {
  private static final LoopParts PARTS = LoopSpecialiser.partsOf(MethodHandles.lookup());
  private static final Operations HEAP = PARTS.operations();
  private static final Channels CHANNELS = PARTS.channels();
  private static final boolean TOUCHES = PARTS.touches();
  private static final MemorySegment MEMORY = RawAccess.everything();
  private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
  private static final long ADDRESS_MASK = (1L << 56) - 1;

  @Override
  public long replay(long[] events, long[] wide, int from, int to, long[] blocks, long home) {
    long freed = 0;
    for (int i = from; i < to; i++) {
      long event = events[i];
      int slot = Program.slot(event);
      int op = Program.op(event);
      if (op == Program.FREE) {
        long block = blocks[slot];
        HEAP.free(block);
        freed += block;
      } else if (op == Program.MALLOC) {
        long size = Program.argument(event);
        long block = HEAP.malloc(home, slot, size);
        blocks[slot] = block;
        touch(block, size);
      } else if (op == Program.MOVE) {
        blocks[(int) Program.argument(event)] = blocks[slot];
      } else {
        rarer(event, op, slot, wide, blocks, home);
      }
    }
    return freed;
  }

  private static void rarer(long event, int op, int slot, long[] wide, long[] blocks, long home) {
    long argument = Program.argument(event);
    switch (op) {
      case Program.CALLOC -> {
        long block = HEAP.calloc(home, slot, argument);
        blocks[slot] = block;
        touch(block, argument);
      }
      case Program.ALIGNED -> {
        long size = Program.alignedSize(argument);
        long block = HEAP.aligned(home, slot, Program.alignment(argument), size);
        blocks[slot] = block;
        touch(block, size);
      }
      case Program.REALLOC -> {
        long block = HEAP.realloc(blocks[slot], argument);
        blocks[slot] = block;
        touch(block, argument);
      }
      default -> wide(wide[(int) argument], slot, blocks, home);
    }
  }

  private static void wide(long entry, int slot, long[] blocks, long home) {
    int op = Program.wideOp(entry);
    long size = Program.wideSize(entry);
    if (op == Program.WRITE) {
      write(blocks[slot], size);
      return;
    }
    if (op >= Program.POST) {
      meet(op, slot, size);
      return;
    }
    long block =
        switch (op) {
          case Program.MALLOC -> HEAP.malloc(home, slot, size);
          case Program.CALLOC -> HEAP.calloc(home, slot, size);
          case Program.ALIGNED -> HEAP.aligned(home, slot, Program.wideAlignment(entry), size);
          default -> HEAP.realloc(blocks[slot], size);
        };
    blocks[slot] = block;
    touch(block, size);
  }

  private static void meet(int op, int channel, long count) {
    if (op == Program.POST) {
      CHANNELS.post(channel);
    } else {
      CHANNELS.await(channel, count);
    }
  }

  private static void touch(long block, long size) {
    if (TOUCHES && size != 0) {
      MEMORY.set(ValueLayout.JAVA_BYTE, block & ADDRESS_MASK, (byte) size);
      MEMORY.set(ValueLayout.JAVA_BYTE, block + size - 1 & ADDRESS_MASK, (byte) size);
    }
  }

  /** Each write is done: what is written last alone would not show who shares the cache line. */
  private static void write(long block, long times) {
    for (long i = 0; TOUCHES && i < times; i++) {
      BYTE.setOpaque(MEMORY, block & ADDRESS_MASK, (byte) i);
    }
  }

  @Override
  public long free(int[] slots, long[] blocks) {
    long freed = 0;
    for (int slot : slots) {
      long block = blocks[slot];
      HEAP.free(block);
      freed += block;
    }
    return freed;
  }
}
