package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.stack.Turnstile.Gate;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who may enter a thread heap when: its owner, a sweeper, an adopter, a closer, a reader. For each
 * pair the one is stopped inside, the other comes and must neither enter nor wait; then the first
 * goes on.
 */
class HeapEntryTest extends TurnstileTest {
  private static final long SMALL = 100;

  /** What a thread does in a stack. */
  private interface Actor {
    void act(HakAllocator allocator) throws Exception;
  }

  /** A thread that works until a gate stops it, and one that comes meanwhile. */
  private Hold meet(
      HakAllocator allocator, Thread.Builder kind, Gate gate, Actor first, Actor second)
      throws InterruptedException {
    Hold hold = new Hold(gate);
    Turnstile.watch(hold);
    InThread.Work stopped =
        () -> {
          hold.me();
          first.act(allocator);
        };
    InThread.Work coming =
        () -> {
          hold.awaitReached();
          try {
            second.act(allocator);
          } finally {
            hold.letGo();
          }
        };
    List<Thread.Builder> kinds = List.of(kind, Thread.ofPlatform());
    Watchdog.within(Subject.PATIENCE.multipliedBy(2), kinds, List.of(stopped, coming));
    Turnstile.leave();
    return hold;
  }

  /** As {@link #meet}; no two may have been in one heap, and no block is lost. */
  private Hold meetApart(
      HakAllocator allocator, Thread.Builder kind, Gate gate, Actor first, Actor second)
      throws InterruptedException {
    Hold hold = meet(allocator, kind, gate, first, second);
    assertFalse(hold.heapsOfOthers().contains(hold.heap()), "two in one heap");
    HeapWalker.check(allocator, new long[0]);
    return hold;
  }

  private static void useOnce(HakAllocator allocator) {
    allocator.free(allocator.malloc(SMALL));
  }

  /** Leaves a heap with blocks in it and in its caches. */
  private static void useAndDie(HakAllocator allocator) throws InterruptedException {
    InThread.platform(() -> {
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        blocks.add(allocator.malloc(SMALL));
      }
      blocks.forEach(allocator::free);
    });
  }

  /** A call that a close overtakes: it is done, or says so. */
  private static void doneOrClosed(Runnable call) {
    try {
      call.run();
    } catch (IllegalStateException e) {
      assertTrue(e.getMessage().contains("closed"), e.getMessage());
    }
  }

  private static void requireClosed(HakAllocator allocator) {
    assertThrows(IllegalStateException.class, () -> allocator.malloc(SMALL));
  }

  // ---- a closer comes

  private void closeMeets(TestStack stack, Thread.Builder kind, Gate gate, Actor first)
      throws InterruptedException {
    HakAllocator allocator = Turnstile.open(stack, system);
    useAndDie(allocator);
    Actor overtaken =
        opened -> {
          doneOrClosed(() -> {
            try {
              first.act(opened);
            } catch (RuntimeException e) {
              throw e;
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
          requireClosed(opened);
        };
    meet(allocator, kind, gate, overtaken, HakAllocator::close);
  }

  @ParameterizedTest
  @EnumSource
  void aCloserDoesNotWaitForTheOwner(TestStack stack) throws InterruptedException {
    closeMeets(stack, Thread.ofPlatform(), Gate.POP, allocator -> allocator.malloc(SMALL));
    closeMeets(stack, Thread.ofPlatform(), Gate.PUSH, HeapEntryTest::useOnce);
  }

  @ParameterizedTest
  @EnumSource
  void norForWhoHoldsASharedHeap(TestStack stack) throws InterruptedException {
    closeMeets(stack, Thread.ofVirtual(), Gate.POP, allocator -> allocator.malloc(SMALL));
    closeMeets(stack, Thread.ofVirtual(), Gate.PUSH, HeapEntryTest::useOnce);
  }

  @ParameterizedTest
  @EnumSource
  void norForASweeper(TestStack stack) throws InterruptedException {
    closeMeets(stack, Thread.ofPlatform(), Gate.POP, HakAllocator::trim);
    closeMeets(stack, Thread.ofPlatform(), Gate.TRIM, HakAllocator::trim);
  }

  @ParameterizedTest
  @EnumSource
  void norForAReader(TestStack stack) throws InterruptedException {
    closeMeets(stack, Thread.ofPlatform(), Gate.COUNT, HakAllocator::stats);
  }

  @ParameterizedTest
  @EnumSource
  void norForWhoMakesThePoolGrow(TestStack stack) throws InterruptedException {
    Actor grow =
        allocator -> {
          for (int i = 0; i < 64; i++) {
            allocator.malloc(100_000);
          }
        };
    closeMeets(stack, Thread.ofPlatform(), Gate.ACQUIRE, grow);
    closeMeets(stack, Thread.ofVirtual(), Gate.ACQUIRE, grow);
  }

  @ParameterizedTest
  @EnumSource
  void aHeapThatIsPreparedDuringACloseGoesToNobody(TestStack stack) throws InterruptedException {
    HakAllocator allocator = Turnstile.open(stack, system);
    meet(
        allocator,
        Thread.ofPlatform(),
        Gate.OPEN,
        HeapEntryTest::requireClosed,
        HakAllocator::close);
    requireClosed(allocator);
  }

  // ---- a sweeper or an adopter comes

  @ParameterizedTest
  @EnumSource
  void anAdopterPassesByTheHeapOfASweeper(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(stack, system)) {
      useAndDie(allocator);
      Hold hold =
          meetApart(
              allocator,
              Thread.ofPlatform(),
              Gate.POP,
              HakAllocator::trim,
              opened -> InThread.platform(() -> useOnce(opened)));
      assertNotEquals(0, hold.heap());
      assertFalse(hold.heapsOfOthers().isEmpty(), "the newcomer used no heap");
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoAdoptersOneGetsTheHeap(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(stack, system)) {
      useAndDie(allocator);
      meetApart(
          allocator, Thread.ofPlatform(), Gate.POP, HeapEntryTest::useOnce, HeapEntryTest::useOnce);
      assertEquals(2, StackView.of(allocator).heaps().length, "the first took the dead one's");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSweeperPassesByAHeapThatIsPrepared(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(stack, system)) {
      meetApart(
          allocator, Thread.ofPlatform(), Gate.OPEN, HeapEntryTest::useOnce, HakAllocator::trim);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSweeperPassesByTheHeapOfAnother(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(stack, system)) {
      useAndDie(allocator);
      meetApart(allocator, Thread.ofPlatform(), Gate.POP, HakAllocator::trim, HakAllocator::trim);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSweeperEntersTheHeapOfAnOwnerOnceHeIsDead(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(stack, system)) {
      Hold hold =
          meetApart(
              allocator, Thread.ofPlatform(), Gate.POP, HeapEntryTest::useOnce, HakAllocator::trim);
      Hold sweep = meet(allocator, Thread.ofPlatform(), Gate.POP, HakAllocator::trim, opened -> {});
      assertEquals(hold.heap(), sweep.heap(), "the heap of the dead was not swept");
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void virtualThreadsPassByASharedHeapThatIsHeld(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(stack, system)) {
      Hold hold =
          meetApart(
              allocator,
              Thread.ofVirtual(),
              Gate.POP,
              HeapEntryTest::useOnce,
              opened -> {
                for (int i = 0; i < 8; i++) {
                  InThread.virtual(() -> useOnce(opened));
                }
                opened.trim();
              });
      assertFalse(hold.heapsOfOthers().isEmpty(), "the others used no heap");
    }
  }
}
