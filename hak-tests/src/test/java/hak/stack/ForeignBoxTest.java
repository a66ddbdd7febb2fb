package hak.stack;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.core.HakAllocator;
import hak.stack.Turnstile.Gate;
import hak.testkit.CheckedUser;
import hak.testkit.HeapCorruption;
import hak.testkit.HeapWalker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Boxes of others call back into the allocator that calls them, or wait for somebody who uses it:
 * nothing is damaged and nobody waits for ever.
 */
class ForeignBoxTest extends TurnstileTest {
  private static final Duration PATIENCE = Subject.PATIENCE.multipliedBy(3);
  private static final long FOREIGN_ADDRESS = 64;
  private static final int LARGE_BLOCKS = 64;

  /** Of the tiny tier, so large that few fill a superslab. */
  private static final long SMALL = 1_000;

  /** More than a superslab: the pool grows in the middle of a small allocation. */
  private static final int SMALL_BLOCKS = 2_500;

  private static final CheckedUser.Sizes ALL_TIERS = CheckedUser.Sizes.upTo(200_000);

  /** Comes by every gate. */
  private static void comeByAllGates(HakAllocator allocator) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < SMALL_BLOCKS; i++) {
      blocks.add(allocator.malloc(SMALL));
    }
    for (int i = 0; i < LARGE_BLOCKS; i++) {
      blocks.add(allocator.malloc(Operations.LARGE));
      blocks.add(allocator.malloc(Operations.MID));
    }
    blocks.forEach(allocator::free);
    allocator.stats();
    allocator.trim();
    allocator.free(FOREIGN_ADDRESS);
  }

  /** Calls the allocator from a gate, but not from within such a call. */
  private static final class CallBack implements Turnstile.Visitor {
    private final Gate gate;
    private final HakAllocator allocator;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final AtomicInteger calls = new AtomicInteger();

    CallBack(Gate gate, HakAllocator allocator) {
      this.gate = gate;
      this.allocator = allocator;
    }

    @Override
    public void passes(Gate passed, int heap) {
      if (passed != gate || inside.get()) {
        return;
      }
      inside.set(true);
      try {
        call(calls.getAndIncrement());
      } finally {
        inside.set(false);
      }
    }

    private void call(int number) {
      switch (number % 7) {
        case 0 -> allocator.free(allocator.malloc(SMALL));
        case 1 -> allocator.free(allocator.malloc(Operations.MID));
        case 2 -> allocator.free(allocator.calloc(1, Operations.LARGE));
        case 3 -> allocator.free(allocator.realloc(allocator.malloc(8), Operations.TINY));
        case 4 -> allocator.free(FOREIGN_ADDRESS);
        case 5 -> allocator.stats();
        default -> allocator.trim();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBoxMayCallTheAllocatorThatCallsIt(TestStack stack) {
    List<Executable> calls = new ArrayList<>();
    for (Gate gate : Gate.values()) {
      calls.add(() -> {
        try (HakAllocator allocator = Turnstile.open(stack, system)) {
          callBackFrom(gate, allocator);
        }
      });
    }
    assertAll("called back from each of " + List.of(Gate.values()), calls);
  }

  private static void callBackFrom(Gate gate, HakAllocator allocator) throws InterruptedException {
    List<CheckedUser> users = new ArrayList<>();
    List<InThread.Work> works = new ArrayList<>();
    List<Thread.Builder> kinds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      CheckedUser user = new CheckedUser(allocator, i);
      SplittableRandom random = new SplittableRandom(i);
      users.add(user);
      works.add(() -> {
        user.play(random, 300, ALL_TIERS);
        comeByAllGates(allocator);
      });
      kinds.add(i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual());
    }
    CallBack callBack = new CallBack(gate, allocator);
    Turnstile.watch(callBack);
    Watchdog.within(PATIENCE, kinds, works);
    Turnstile.leave();
    assertNotEquals(0, callBack.calls.get(), () -> "nobody came by " + gate);
    walk(gate, allocator, users);
    users.forEach(CheckedUser::freeAll);
    walk(gate, allocator, users);
  }

  private static void walk(Gate gate, HakAllocator allocator, List<CheckedUser> users) {
    long[] live = users.stream().flatMapToLong(user -> Arrays.stream(user.addresses())).toArray();
    try {
      HeapWalker.check(allocator, live);
    } catch (HeapCorruption e) {
      throw new AssertionError("called back from " + gate, e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoABoxWaitsForCanUseTheAllocator(TestStack stack) throws InterruptedException {
    for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      for (Gate gate : Gate.values()) {
        try (HakAllocator allocator = Turnstile.open(stack, system)) {
          Hold hold = new Hold(gate);
          Turnstile.watch(hold);
          InThread.Work waiting =
              () -> {
                hold.me();
                comeByAllGates(allocator);
              };
          InThread.Work awaited =
              () -> {
                hold.awaitReached();
                try {
                  comeByAllGates(allocator); // its first calls
                  InThread.platform(() -> comeByAllGates(allocator));
                  InThread.virtual(() -> comeByAllGates(allocator));
                } finally {
                  hold.letGo();
                }
              };
          Watchdog.within(PATIENCE, List.of(kind, Thread.ofPlatform()), List.of(waiting, awaited));
          Turnstile.leave();
          HeapWalker.check(allocator, new long[0]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBoxMayCloseTheAllocatorThatCallsIt(TestStack stack) throws InterruptedException {
    for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      for (Gate gate : Gate.values()) {
        HakAllocator allocator = Turnstile.open(stack, system);
        Set<Gate> closedAt = ConcurrentHashMap.newKeySet();
        Turnstile.watch((passed, heap) -> {
          if (passed == gate && closedAt.add(gate)) {
            allocator.close();
          }
        });
        InThread.Work work =
            () ->
                assertThrows(
                    IllegalStateException.class,
                    () -> {
                      while (true) {
                        comeByAllGates(allocator);
                      }
                    });
        Watchdog.within(PATIENCE, kind, List.of(work));
        Turnstile.leave();
        assertEquals(Set.of(gate), closedAt);
      }
    }
  }
}
