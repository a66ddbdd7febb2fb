package hak.stack;

import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.testkit.FailingVirtualMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/**
 * One stack: six lines of threads that allocate, free what others allocated, trim and let their
 * heaps go, in half of the lines die and are followed by others; and one thread that closes at a
 * random moment. The main class of a JVM of its own, which a fault may bring down.
 */
final class CloseRace {
  private static final int LINES = 6;
  private static final int SHARED_BLOCKS = 64;
  private static final int CALLS_OF_A_SHORT_LIFE = 400;
  private static final int LATEST_CLOSE_NANOS = 6_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final MemorySegment MEMORY = RawAccess.everything();
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

  private final HakAllocator allocator;

  /** Blocks in nobody's hands; whoever takes one puts another in its place. */
  private final AtomicLongArray blocks = new AtomicLongArray(SHARED_BLOCKS);

  private volatile boolean closing;

  private CloseRace(HakAllocator allocator) {
    this.allocator = allocator;
  }

  /** Arguments: a stack, the number of rounds, a seed. */
  public static void main(String[] arguments) throws InterruptedException {
    Logger.getLogger("hak").setUseParentHandlers(false);
    TestStack stack = TestStack.valueOf(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]));
    List<FailingVirtualMemory> systems = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      FailingVirtualMemory system = new FailingVirtualMemory();
      new CloseRace(stack.open(system)).run(random);
      systems.add(system);
    }
    for (FailingVirtualMemory system : systems) {
      system.awaitNothingMapped();
    }
  }

  private void run(SplittableRandom random) throws InterruptedException {
    List<InThread.Work> works = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      SplittableRandom mine = random.split();
      int callsOfALife = i % 2 == 0 ? Integer.MAX_VALUE : CALLS_OF_A_SHORT_LIFE;
      works.add(() -> line(mine, callsOfALife));
    }
    long closeNanos = random.nextInt(LATEST_CLOSE_NANOS);
    works.add(() -> {
      LockSupport.parkNanos(closeNanos);
      closing = true;
      allocator.close();
    });
    Watchdog.within(PATIENCE, Thread.ofPlatform(), works);
  }

  /** Threads one after the other, until the allocator is closed. */
  private void line(SplittableRandom random, int callsOfALife) throws InterruptedException {
    boolean[] closed = new boolean[1];
    while (!closed[0]) {
      InThread.platform(() -> closed[0] = life(random, callsOfALife));
    }
  }

  /** The calls of one thread; true if it was told that the allocator is closed. */
  private boolean life(SplittableRandom random, int mostCalls) {
    try {
      int calls = random.nextInt(mostCalls);
      for (int i = 0; i < calls; i++) {
        call(random);
      }
      return false;
    } catch (IllegalStateException e) {
      if (!closing) {
        throw e;
      }
      return true;
    }
  }

  private void call(SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      allocator.trim(); // is in progress at most closes
      return;
    }
    switch (random.nextInt(200)) {
      case 0 -> allocator.stats();
      case 1 -> useArena();
      case 2 -> allocator.releaseThreadHeap();
      case 3 -> allocator.free(allocator.allocate(sizeOf(random), 8));
      default -> replace(random);
    }
  }

  private void useArena() {
    try (Arena arena = allocator.arena()) {
      arena.allocate(Operations.TINY).fill((byte) 1);
      arena.allocate(Operations.LARGE).fill((byte) 1);
    }
  }

  private void replace(SplittableRandom random) {
    long fresh = allocator.malloc(sizeOf(random));
    MEMORY.set(WORD, fresh, ~fresh);
    long old = blocks.getAndSet(random.nextInt(SHARED_BLOCKS), fresh);
    if (old != 0) {
      long found = MEMORY.get(WORD, old);
      if (found != ~old && !(found == 0 && closing)) {
        throw new AssertionError(String.format("0x%x of another is in block 0x%x", found, old));
      }
      allocator.free(old);
    }
  }

  private static long sizeOf(SplittableRandom random) {
    int choice = random.nextInt(200);
    if (choice == 0) {
      return Operations.BIG;
    }
    return choice < 4 ? Operations.LARGE : 8 + random.nextInt(choice < 40 ? 9_000 : 500);
  }
}
