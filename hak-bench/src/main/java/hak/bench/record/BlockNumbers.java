package hak.bench.record;

import hak.bench.trace.Program;
import hak.bench.trace.TraceEvents;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns calls that name blocks by address into those of a trace. Addresses come in the order of the
 * calls: a block is freed before its place is given out again.
 *
 * <p>A reallocation has a beginning and an end. From the beginning on, the old place may be given
 * to another thread, so the block has no place until the end.
 */
final class BlockNumbers {
  /** What is known of a block that no trace can tell. */
  private static final int TOO_LARGE = -1;

  private static final int MAX_LOG2 = Long.numberOfTrailingZeros(Program.MAX_SIZE_BYTES);

  /**
   * A block between the beginning and the end of a reallocation.
   *
   * @param block null when its allocation was not seen
   */
  private record Moving(long address, Integer block) {}

  private final TraceEvents sink;
  private final Map<Long, Integer> blocks = new HashMap<>();
  private final Map<Integer, Moving> moving = new HashMap<>();
  private int thread;
  private long unknownEnds;
  private long missedEnds;
  private long tooLarge;

  BlockNumbers(TraceEvents sink) {
    this.sink = sink;
  }

  long unknownEnds() {
    return unknownEnds;
  }

  long missedEnds() {
    return missedEnds;
  }

  long tooLarge() {
    return tooLarge;
  }

  void malloc(int byThread, long address, long size) {
    if (isNew(byThread, address, size)) {
      blocks.put(address, sink.malloc(size));
    }
  }

  void calloc(int byThread, long address, long size) {
    if (isNew(byThread, address, size)) {
      blocks.put(address, sink.calloc(size));
    }
  }

  void aligned(int byThread, long address, int log2, long size) {
    boolean isTold = log2 <= MAX_LOG2;
    if (isNew(byThread, address, isTold ? size : Long.MAX_VALUE)) {
      blocks.put(address, sink.aligned(log2, size));
    }
  }

  /** Ends what was at an address before; whether the block that is there now can be told. */
  private boolean isNew(int byThread, long address, long size) {
    enter(byThread);
    Integer before = blocks.remove(address);
    if (before != null) {
      missedEnds++;
      end(before);
    }
    if (Long.compareUnsigned(size, Program.MAX_SIZE_BYTES) > 0) {
      tooLarge++;
      blocks.put(address, TOO_LARGE);
      return false;
    }
    return true;
  }

  void free(int byThread, long address) {
    enter(byThread);
    Integer block = blocks.remove(address);
    if (block == null) {
      unknownEnds++;
    } else {
      end(block);
    }
  }

  private void end(int block) {
    if (block != TOO_LARGE) {
      sink.free(block);
    }
  }

  void beginRealloc(int byThread, long address) {
    moving.put(byThread, new Moving(address, blocks.remove(address)));
  }

  /**
   * The end of what the thread began.
   *
   * @param address 0: of a size of 0 the block was freed, else it stays as it was
   */
  void endRealloc(int byThread, long address, long size) {
    Moving moved = moving.remove(byThread);
    Integer block = moved == null ? null : moved.block();
    if (block == null) {
      unknownEnds++;
      if (address != 0) {
        malloc(byThread, address, size);
      }
    } else if (address == 0 && size != 0) {
      blocks.put(moved.address(), block);
    } else if (address == 0) {
      enter(byThread);
      end(block);
    } else if (block == TOO_LARGE) {
      malloc(byThread, address, size);
    } else if (isNew(byThread, address, size)) {
      blocks.put(address, sink.realloc(block, size));
    } else {
      sink.free(block); // it is too large from now on
    }
  }

  private void enter(int byThread) {
    if (byThread != thread) {
      sink.thread(byThread);
      thread = byThread;
    }
  }
}
