package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.profile.Profile;
import hak.core.spi.FreeGuardProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link hak.core.spi.FreeGuard}: a foreign free never frees, neither foreign
 * memory nor a block of the stack, from any thread; and what the stack owns is freed as without a
 * guard.
 */
public abstract class FreeGuardContract extends BoxContract<FreeGuardProvider> {
  private HakAllocator allocator;

  /** For subclasses. */
  protected FreeGuardContract() {
    super(FreeGuardProvider.class);
  }

  /** Whether the guard deals with every foreign free, so that none throws. */
  protected boolean dealsWithAll() {
    return true;
  }

  @Override
  final Profile profile() {
    return withBox(stackOfTiers(sizeTiers()));
  }

  @BeforeEach
  void openStack() {
    allocator = Hak.open(profile());
  }

  @AfterEach
  void walkAndClose() {
    HeapWalker.check(allocator);
    allocator.close();
  }

  private void freeForeign(long address) {
    if (dealsWithAll()) {
      assertDoesNotThrow(() -> allocator.free(address), () -> String.format("0x%x", address));
    } else {
      assertThrows(IllegalArgumentException.class, () -> allocator.free(address));
    }
  }

  /** Addresses that nothing ever returned. */
  private long[] neverAllocated() {
    long base = StackView.of(allocator).memory().base();
    long end = base + allocator.describe().regionBytes();
    return new long[] {
      1,
      16,
      4096,
      -1,
      -16,
      Long.MIN_VALUE,
      Long.MAX_VALUE,
      base,
      base + 64,
      base - 16,
      end,
      end - 16,
      end - (2 << 20)
    };
  }

  @Test
  void anAddressNeverAllocatedFreesNothing() {
    long live = allocator.malloc(100);
    HeapReport before = HeapWalker.check(allocator, live);
    for (long address : neverAllocated()) {
      freeForeign(address);
      assertEquals(before, HeapWalker.check(allocator, live));
    }
    allocator.free(live);
  }

  @Test
  void foreignMemoryStaysAsItIs() {
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> segments = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        MemorySegment segment = arena.allocate(64, 16);
        segment.set(ValueLayout.JAVA_LONG, 0, i);
        segments.add(segment);
        freeForeign(segment.address());
      }
      for (int i = 0; i < 100; i++) {
        assertEquals(i, segments.get(i).get(ValueLayout.JAVA_LONG, 0));
      }
    }
    HeapWalker.check(allocator, new long[0]);
  }

  @Test
  void aFreedLargeBlockIsForeignAndNotFreedAgain() {
    long[] live = new long[3];
    long released = allocator.malloc(5 << 20);
    allocator.free(released);
    for (int i = 0; i < live.length; i++) {
      live[i] = allocator.malloc(100_000);
    }
    HeapReport before = HeapWalker.check(allocator, live);
    freeForeign(released);
    assertEquals(before, HeapWalker.check(allocator, live));
    for (long address : live) {
      allocator.free(address);
    }
  }

  @Test
  void blocksOfTheStackAreFreed() {
    for (long size : new long[] {1, 100, 5_000, 100_000, 3 << 20}) {
      long address = allocator.malloc(size);
      allocator.free(address);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void manyForeignFreesFromTwoThreadsFreeNothing() throws InterruptedException {
    long live = allocator.malloc(100);
    List<Throwable> thrown = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread thread =
          new Thread(() -> {
            for (int k = 0; k < 300; k++) {
              freeForeign(16L * (k + 1));
            }
          });
      thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e));
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), thrown);
    HeapWalker.check(allocator, live);
    allocator.free(live);
  }
}
