package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.inside.RawAccess;
import hak.core.inside.StackView;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The option {@code stack.purge-delay}: freed memory goes back, and nobody calls anything. */
class HousekeeperTest {
  private static final String NAME = "hak-housekeeper";
  private static final int BURST_BYTES = 128 << 20;
  private static final long DELAY_MILLIS = 200;

  /** What stays: the kept part of the requirement, 5 % and 8 MiB. */
  private static final long LEFT_BYTES = BURST_BYTES / 20 + (8 << 20);

  /** Long enough for a machine that is busy; a stack that gives nothing back fails all the same. */
  private static final long PATIENCE_SECONDS = 30;

  private static Profile profile() {
    return TestStack.FULL
        .profile()
        .withSetting("ss-reuse", "keep", 1L << 30)
        .with(Section.LEARNERS, List.of())
        .with(StackOptions.PURGE_DELAY, DELAY_MILLIS);
  }

  private static void await(String what, BooleanSupplier done) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static void awaitGivenBack(HakAllocator allocator) {
    await("resident memory", () -> allocator.stats().residentBytes() <= LEFT_BYTES);
  }

  private static long[] burst(HakAllocator allocator, int blockBytes) {
    long[] blocks = new long[BURST_BYTES / blockBytes];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = allocator.malloc(blockBytes);
      for (int at = 0; at < blockBytes; at += 4096) {
        RawAccess.zero(blocks[i] + at, 1);
      }
    }
    assertTrue(allocator.stats().residentBytes() >= BURST_BYTES / 10 * 9, "the burst is there");
    return blocks;
  }

  private static void freeAll(HakAllocator allocator, long[] blocks) {
    for (long block : blocks) {
      allocator.free(block);
    }
  }

  /** Frees blocks, but for one in so many. */
  private static void freeAllBut(int step, HakAllocator allocator, long[] blocks) {
    for (int i = 0; i < blocks.length; i++) {
      if (i % step != 0) {
        allocator.free(blocks[i]);
      }
    }
  }

  /** Most pages of it are free at most moments, also at three looks in a row. */
  @Test
  void whatAProgramTakesAgainAllTheTimeStays() {
    FailingVirtualMemory memory = new FailingVirtualMemory();
    try (HakAllocator allocator = memory.open(profile())) {
      long[] blocks = new long[(64 << 20) / 4_000];
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10 * DELAY_MILLIS);
      while (System.nanoTime() < end) {
        for (int i = 0; i < blocks.length; i++) {
          blocks[i] = allocator.malloc(4_000);
        }
        freeAll(allocator, blocks);
      }
      long purges = memory.count(Call.PURGE);
      assertTrue(purges < 20, () -> purges + " times memory was given back");
      await("all goes back", () -> memory.count(Call.PURGE) > purges);
    }
  }

  /** What becomes of a burst of blocks. */
  enum Shape {
    DENSE {
      @Override
      void play(HakAllocator allocator) {
        freeAll(allocator, burst(allocator, 1_000));
      }
    },
    ONE_OF_EACH_MIB_LIVES {
      @Override
      void play(HakAllocator allocator) {
        freeAllBut(256, allocator, burst(allocator, 4_000));
      }
    },
    ONE_OF_EACH_HALF_MIB_LIVES {
      @Override
      void play(HakAllocator allocator) {
        freeAllBut(128, allocator, burst(allocator, 4_000));
      }
    },
    ONE_MIDDLE_BLOCK_OF_EACH_MIB_LIVES {
      @Override
      void play(HakAllocator allocator) {
        freeAllBut(36, allocator, burst(allocator, 28_000));
      }
    },
    FREED_BY_ANOTHER_OWNER_DEAD {
      @Override
      void play(HakAllocator allocator) throws InterruptedException {
        long[][] blocks = new long[1][];
        InThread.platform(() -> blocks[0] = burst(allocator, 1_000));
        freeAll(allocator, blocks[0]);
      }
    },
    CACHED_AND_DEAD {
      @Override
      void play(HakAllocator allocator) throws InterruptedException {
        InThread.platform(() -> freeAll(allocator, burst(allocator, 30_000)));
      }
    };

    abstract void play(HakAllocator allocator) throws InterruptedException;
  }

  @ParameterizedTest
  @EnumSource
  void aBurstGoesBackByItself(Shape shape) throws InterruptedException {
    try (HakAllocator allocator = Hak.open(profile())) {
      shape.play(allocator);
      awaitGivenBack(allocator);
    }
  }

  @Test
  void whatAThreadThatWaitsCannotTakeInIsTakenInForIt() throws InterruptedException {
    try (HakAllocator allocator = Hak.open(profile())) {
      CountDownLatch allocated = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      long[][] blocks = new long[1][];
      Thread owner =
          Thread.ofPlatform()
              .start(() -> {
                blocks[0] = burst(allocator, 1_000);
                allocated.countDown();
                try {
                  end.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      allocated.await();
      freeAll(allocator, blocks[0]);
      awaitGivenBack(allocator);
      end.countDown();
      owner.join();
    }
  }

  @Test
  void theBooksAreExactWhileItWorks() throws InterruptedException {
    try (HakAllocator allocator = Hak.open(profile().with(StackOptions.PURGE_DELAY, 1))) {
      for (int time = 0; time < 5; time++) {
        InThread.platform(() -> freeAll(allocator, burst(allocator, 1_000)));
        await(
            "resident memory",
            () -> {
              assertEquals(0, HeapWalker.check(allocator).liveBlocks());
              Ledger books = allocator.stats();
              assertEquals(0, books.liveBlocks());
              return books.residentBytes() <= LEFT_BYTES;
            });
      }
    }
  }

  /** Who keeps a reader for ever keeps nobody else: neither readers nor other stacks' memory. */
  @Test
  void aReaderThatStaysHoldsNobodyUp() throws InterruptedException {
    try (HakAllocator read = Hak.open(profile().with(StackOptions.PURGE_DELAY, 1));
        HakAllocator other = Hak.open(profile().with(StackOptions.PURGE_DELAY, 1))) {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      InThread.platform(() -> freeAll(read, burst(read, 1_000)));
      Thread reader =
          Thread.ofPlatform()
              .start(() ->
                  StackView.of(read)
                      .whileStill(() -> {
                        inside.countDown();
                        try {
                          end.await();
                        } catch (InterruptedException e) {
                          throw new AssertionError(e);
                        }
                      }));
      inside.await();
      assertEquals(0, read.stats().liveBlocks());
      InThread.platform(() -> freeAll(other, burst(other, 1_000)));
      awaitGivenBack(other);
      end.countDown();
      reader.join();
      awaitGivenBack(read);
    }
  }

  /** What it has in hand does not come back later, when its delay is over. */
  @Test
  void aTrimWaitsForItAndThenGivesAllBack() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    AtomicBoolean left = new AtomicBoolean();
    Profile slow = profile().with(StackOptions.PURGE_DELAY, 1_000);
    try (HakAllocator allocator = Hak.open(Turnstile.on(slow))) {
      Turnstile.watch((gate, heap) -> {
        if (heap != 0 && Thread.currentThread().getName().equals(NAME) && inside.getCount() > 0) {
          inside.countDown();
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
          left.set(true);
        }
      });
      InThread.platform(() -> freeAll(allocator, burst(allocator, 1_000)));
      assertTrue(inside.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "it came to the heap");
      allocator.trim();
      assertTrue(left.get(), "it was waited for");
      Ledger books = allocator.stats();
      assertTrue(books.residentBytes() <= LEFT_BYTES, () -> "left: " + books);
    } finally {
      Turnstile.leave();
    }
  }

  @Test
  void whatIsInUseStaysWhole() {
    try (HakAllocator allocator = Hak.open(profile().with(StackOptions.PURGE_DELAY, 2))) {
      MemorySegment memory = RawAccess.everything();
      long[] blocks = new long[64];
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      for (int i = 0; System.nanoTime() < deadline; i++) {
        int index = i % blocks.length;
        if (blocks[index] != 0) {
          assertEquals(index, memory.get(ValueLayout.JAVA_INT, blocks[index] + 4096));
          allocator.free(blocks[index]);
        }
        blocks[index] = allocator.malloc(100_000L * (1 + i % 7));
        memory.set(ValueLayout.JAVA_INT, blocks[index] + 4096, index);
      }
      freeAll(allocator, blocks);
      assertEquals(List.of(), LogHandler.messagesOf(allocator::close));
    }
  }

  @Test
  void aSystemThatTakesNothingBackIsAskedAgain() {
    FailingVirtualMemory system = new FailingVirtualMemory(EnumSet.of(Call.PURGE));
    try (HakAllocator allocator = system.open(profile())) {
      long[] blocks = burst(allocator, 1_000);
      system.failFrom(1);
      freeAll(allocator, blocks);
      await("a failed purge", () -> system.failureCount() > 0);
      system.succeed();
      blocks = burst(allocator, 100_000);
      freeAll(allocator, blocks);
      awaitGivenBack(allocator);
      assertEquals(List.of(), LogHandler.messagesOf(allocator::close));
    }
  }

  /** In a JVM of its own: a shared stack of another test is never closed, and keeps the thread. */
  @Test
  void theThreadEndsWithTheLastStack() throws Exception {
    ChildJvm.run(
        Duration.ofSeconds(2 * PATIENCE_SECONDS), List.of("-Xmx64m"), LastStack.class, List.of());
  }

  /** Opens a stack, closes it, and opens another. */
  static final class LastStack {
    private LastStack() {}

    /** Ends with status 0 if all is as it should be. */
    public static void main(String[] arguments) {
      HakAllocator small = Hak.open(profile());
      assertTrue(isThereAHousekeeper());
      small.close();
      await("the thread ends", () -> !isThereAHousekeeper());
      try (HakAllocator next = Hak.open(profile())) {
        assertTrue(isThereAHousekeeper());
        freeAll(next, burst(next, 100_000));
        awaitGivenBack(next);
      }
    }
  }

  private static boolean isThereAHousekeeper() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(NAME));
  }

  @Test
  void aStackThatIsDroppedIsNotKept() {
    WeakReference<HakAllocator> dropped = openUseAndDrop();
    await(
        "the stack is collected",
        () -> {
          System.gc();
          return dropped.refersTo(null);
        });
  }

  private static WeakReference<HakAllocator> openUseAndDrop() {
    HakAllocator allocator = Hak.open(profile());
    freeAll(allocator, burst(allocator, 1_000));
    return new WeakReference<>(allocator);
  }
}
