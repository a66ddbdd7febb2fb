package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.testkit.HeapWalker;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Many calls in a row while the Java heap is full, so that what grows with their number has to grow
 * there: tables of blocks, lists of threads. A call that finds no room is made again with a little
 * more, until it is done; each that failed must have changed nothing.
 */
final class HeapSeries {
  /** A kibibyte. */
  private static final int OBJECTS_AT_A_TIME = 64;

  /**
   * The table of mappings is half full at most, so from the 1,025th block on it has 4,096 slots of
   * 24 B: 96 KiB in one piece, beside the 48 KiB it had before and 32 KiB of the books of {@link
   * hak.testkit.FailingVirtualMemory}. {@link FullHeap} gives back three times as much.
   */
  private static final int BIG_BLOCKS = 1_200;

  private static final int THREADS = 100;
  private static final int BLOCKS_OF_ARENA = 2_000;
  private static final int CONTENDERS = 4;
  private static final int CONTENDED_CALLS = 1_000;

  private final Watchdog watchdog;
  private final FullHeap heap;
  private final HakAllocator allocator;
  private int failedCalls;

  HeapSeries(Watchdog watchdog, FullHeap heap, HakAllocator allocator) {
    this.watchdog = watchdog;
    this.heap = heap;
    this.allocator = allocator;
    requireJavaHeap(new OutOfMemoryError("Java heap space")); // links it with room
    repeat(1, i -> {}, () -> {});
  }

  /** Something to do that may need the Java heap. */
  private interface Call {
    void run(int index);
  }

  /** Makes calls 0 to {@code count - 1} while the heap is full, each until it is done. */
  private void repeat(int count, Call call, Runnable unchanged) {
    heap.fill();
    for (int i = 0; i < count; ) {
      watchdog.progress();
      try {
        call.run(i);
        i++;
      } catch (OutOfMemoryError e) {
        requireJavaHeap(e);
        failedCalls++;
        unchanged.run();
        heap.drop(OBJECTS_AT_A_TIME);
      }
    }
    heap.empty();
  }

  private static void requireJavaHeap(OutOfMemoryError e) {
    if (!"Java heap space".equals(e.getMessage())) {
      throw e;
    }
  }

  /** More than a thousand big blocks: the table of mappings grows several times. */
  void bigBlocks() {
    long[] blocks = new long[BIG_BLOCKS];
    Runnable allAreKnown =
        () -> {
          for (int i = 0; i < BIG_BLOCKS && blocks[i] != 0; i++) {
            if (allocator.usableSize(blocks[i]) < Operations.BIG) {
              throw new AssertionError("a big block is too small");
            }
          }
        };
    repeat(BIG_BLOCKS, i -> blocks[i] = allocator.malloc(Operations.BIG), allAreKnown);
    assertTrue(failedCalls > 0, "the table needed no Java heap");
    HeapWalker.check(allocator, blocks);
    repeat(BIG_BLOCKS, i -> allocator.free(blocks[i]), () -> {});
    HeapWalker.check(allocator, new long[0]);
  }

  /** An arena with thousands of blocks of their own. */
  void arena() {
    Arena arena = allocator.sharedArena();
    repeat(BLOCKS_OF_ARENA, i -> arena.allocate(Operations.MID), () -> {});
    assertEquals(BLOCKS_OF_ARENA + 1, allocator.stats().liveBlocks()); // and a chunk
    repeat(1, i -> arena.close(), () -> {});
    HeapWalker.check(allocator, new long[0]);
  }

  /** Many threads, each with its first call. */
  void threads() throws InterruptedException {
    FirstCall[] calls = new FirstCall[THREADS];
    for (int i = 0; i < THREADS; i++) {
      calls[i] = new FirstCall(allocator, Thread.currentThread());
      calls[i].start();
    }
    repeat(THREADS, i -> calls[i].makeCall(), () -> {});
    HeapWalker.check(allocator, Arrays.stream(calls).mapToLong(call -> call.block).toArray());
    for (FirstCall call : calls) {
      allocator.free(call.block);
      call.end();
      call.join();
    }
    HeapWalker.check(allocator, new long[0]);
  }

  /** A thread that stands ready before the heap is full. */
  private static final class FirstCall extends Thread {
    private static final int WAITING = 0;
    private static final int CALL = 1;
    private static final int ANSWERED = 2;
    private static final int END = 3;

    private final HakAllocator allocator;
    private final Thread caller;
    private volatile int state;
    private Throwable thrown;
    private long block;

    FirstCall(HakAllocator allocator, Thread caller) {
      this.allocator = allocator;
      this.caller = caller;
      setDaemon(true);
    }

    @Override
    public void run() {
      while (state != END) {
        if (state == CALL) {
          try {
            block = allocator.malloc(Operations.TINY);
            thrown = null;
          } catch (Throwable e) {
            thrown = e;
          }
          state = ANSWERED;
          LockSupport.unpark(caller);
        }
        LockSupport.park(this);
      }
    }

    private void makeCall() {
      state = CALL;
      LockSupport.unpark(this);
      while (state != ANSWERED) {
        LockSupport.park(this);
      }
      state = WAITING;
      if (thrown instanceof OutOfMemoryError e) {
        throw e;
      }
      if (thrown != null) {
        throw new AssertionError("not the error of the Java heap", thrown);
      }
    }

    private void end() {
      state = END;
      LockSupport.unpark(this);
    }
  }

  /** Several threads at once on the counters of the large tiers. */
  void contendedCounters() throws InterruptedException {
    Contender[] contenders = new Contender[CONTENDERS];
    for (int i = 0; i < CONTENDERS; i++) {
      contenders[i] = new Contender(allocator, i % 2 == 0 ? Operations.LARGE : Operations.BIG);
      contenders[i].start();
    }
    heap.fill();
    for (Contender contender : contenders) {
      contender.goOn = true;
    }
    for (Contender contender : contenders) {
      while (!contender.done) {
        LockSupport.parkNanos(this, 1_000_000); // needs no Java heap
      }
    }
    heap.empty();
    watchdog.progress();
    long[] blocks = new long[CONTENDERS * Contender.SLOTS];
    for (int i = 0; i < CONTENDERS; i++) {
      contenders[i].join();
      if (contenders[i].thrown != null) {
        throw new AssertionError("not the error of the Java heap", contenders[i].thrown);
      }
      System.arraycopy(contenders[i].blocks, 0, blocks, i * Contender.SLOTS, Contender.SLOTS);
    }
    long[] live = Arrays.stream(blocks).filter(block -> block != 0).toArray();
    HeapWalker.check(allocator, live);
    for (long block : live) {
      allocator.free(block);
    }
    HeapWalker.check(allocator, new long[0]);
  }

  /** A thread that replaces its blocks as fast as it can. */
  private static final class Contender extends Thread {
    private static final int SLOTS = 8;

    private final HakAllocator allocator;
    private final long size;
    private final long[] blocks = new long[SLOTS];
    private volatile boolean goOn;
    private volatile boolean done;
    private Throwable thrown;

    Contender(HakAllocator allocator, long size) {
      this.allocator = allocator;
      this.size = size;
      setDaemon(true);
    }

    @Override
    public void run() {
      allocator.free(allocator.malloc(size)); // its heap is made with room
      while (!goOn) {
        LockSupport.parkNanos(this, 100_000);
      }
      try {
        for (int i = 0; i < CONTENDED_CALLS; i++) {
          replace(i % SLOTS);
        }
      } catch (Throwable e) {
        thrown = e;
      }
      done = true;
    }

    private void replace(int slot) {
      try {
        if (blocks[slot] == 0) {
          blocks[slot] = allocator.malloc(size);
        } else {
          allocator.free(blocks[slot]);
          blocks[slot] = 0;
        }
      } catch (OutOfMemoryError e) {
        requireJavaHeap(e);
      }
    }
  }
}
