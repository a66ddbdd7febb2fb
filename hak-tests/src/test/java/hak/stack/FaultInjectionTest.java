package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.CheckedUser;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The system refuses a call: the N-th, once or from then on, for every N of a script. Each
 * operation succeeds or is out of memory; the walker finds the heap intact; when the system has
 * memory again everything works; and nothing stays mapped.
 */
class FaultInjectionTest {
  private static final Set<Call> ALL = EnumSet.allOf(Call.class);
  private static final Set<Call> ALL_BUT_UNMAP = EnumSet.complementOf(EnumSet.of(Call.UNMAP));

  /** An operation of the script; those that are out of memory are counted and change nothing. */
  private static final class Script {
    private final HakAllocator allocator;
    private final CheckedUser user;
    private int outOfMemory;

    Script(HakAllocator allocator) {
      this.allocator = allocator;
      this.user = new CheckedUser(allocator, 1);
    }

    private void attempt(Runnable operation) {
      try {
        operation.run();
      } catch (OutOfMemoryError e) {
        outOfMemory++;
      }
    }

    /** Every tier, every way to allocate, several threads, growth, purge and trim. */
    void run() throws InterruptedException {
      for (long size : new long[] {1, 100, 1_000, 5_000, 30_000, 100_000, 2 << 20, 3 << 20}) {
        attempt(() -> user.malloc(size));
        attempt(() -> user.calloc(1, size));
      }
      attempt(() -> user.malloc(3 << 20, 1 << 20));
      attempt(() -> user.malloc(100, 4 << 20));
      attempt(() -> user.malloc(100, 64 << 10));
      InThread.platform(() -> attempt(() -> user.malloc(200)));
      InThread.virtual(() -> attempt(() -> user.malloc(200)));
      for (int i = 0; i < 24; i++) {
        attempt(() -> user.malloc(1_000_000));
      }
      for (long size : new long[] {10, 2_000, 200_000, 4 << 20}) {
        attempt(() -> {
          if (user.blockCount() > 0) {
            user.realloc(user.blockCount() / 2, size);
          }
        });
      }
      HeapWalker.check(allocator, user.addresses());
      InThread.platform(() -> {
        for (int i = 0; i < 10 && user.blockCount() > 0; i++) {
          user.free(user.blockCount() - 1);
        }
      });
      InThread.virtual(() -> {
        for (int i = 0; i < 5 && user.blockCount() > 0; i++) {
          user.free(0);
        }
      });
      HeapWalker.check(allocator, user.addresses());
      user.freeAll();
      HeapWalker.check(allocator, new long[0]);
      allocator.trim();
      allocator.releaseThreadHeap();
      HeapWalker.check(allocator, new long[0]);
    }
  }

  /** Makes a call fail. */
  private interface Fault {
    void in(FailingVirtualMemory system);
  }

  /** Runs the script on a stack of its own; in a method of its own, so that the stack can go. */
  private static void play(TestStack stack, FailingVirtualMemory system, Fault fault)
      throws InterruptedException {
    fault.in(system);
    HakAllocator allocator;
    try {
      allocator = stack.open(system);
    } catch (OutOfMemoryError e) {
      return;
    }
    try (allocator) {
      Script script = new Script(allocator);
      script.run();
      system.succeed();
      int refused = script.outOfMemory;
      script.run();
      assertEquals(refused, script.outOfMemory, "out of memory after the system had it again");
    }
  }

  private static long callsOfTheScript(TestStack stack, Set<Call> mayFail)
      throws InterruptedException {
    FailingVirtualMemory system = new FailingVirtualMemory(mayFail);
    long[] calls = new long[1];
    try (HakAllocator allocator = stack.open(system)) {
      Script script = new Script(allocator);
      script.run();
      assertEquals(0, script.outOfMemory);
      calls[0] = system.candidateCount();
    }
    assertTrue(calls[0] > 20, "calls of the script: " + calls[0]);
    return calls[0];
  }

  @ParameterizedTest
  @EnumSource
  void oneRefusedCallOfAnyKindLeaksNothing(TestStack stack) throws InterruptedException {
    List<FailingVirtualMemory> systems = new ArrayList<>();
    long calls = callsOfTheScript(stack, ALL);
    for (long n = 1; n <= calls; n++) {
      long call = n;
      FailingVirtualMemory system = new FailingVirtualMemory(ALL);
      play(stack, system, failing -> failing.failOnce(call));
      systems.add(system);
    }
    for (FailingVirtualMemory system : systems) {
      assertEquals(1, system.failureCount());
      system.awaitNothingMapped();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusalsFromAnyCallOnLeakNothing(TestStack stack) throws InterruptedException {
    List<FailingVirtualMemory> systems = new ArrayList<>();
    long calls = callsOfTheScript(stack, ALL_BUT_UNMAP);
    for (long n = 1; n <= calls; n++) {
      long call = n;
      FailingVirtualMemory system = new FailingVirtualMemory(ALL_BUT_UNMAP);
      play(stack, system, failing -> failing.failFrom(call));
      systems.add(system);
    }
    for (FailingVirtualMemory system : systems) {
      system.awaitNothingMapped();
    }
  }

  @Test
  void aSystemThatRefusesTheWholeReservationGetsSmallerRequests() throws InterruptedException {
    FailingVirtualMemory system = new FailingVirtualMemory();
    openWithHalf(system);
    system.awaitNothingMapped();
  }

  private static void openWithHalf(FailingVirtualMemory system) {
    long wanted = TestStack.BARE.profile().options().regionBytes();
    system.limitReservations(wanted - 1);
    try (HakAllocator allocator = TestStack.BARE.open(system)) {
      assertEquals(wanted / 2, allocator.describe().regionBytes());
      allocator.free(allocator.malloc(100));
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void aSystemThatRefusesEveryReservationIsNamed() {
    FailingVirtualMemory system = new FailingVirtualMemory();
    system.failFrom(1);
    OutOfMemoryError e = assertThrows(OutOfMemoryError.class, () -> TestStack.BARE.open(system));
    assertTrue(e.getMessage().contains("'bare'"), e.getMessage());
    system.assertNothingMapped();
  }

  @Test
  void aThreadWithoutMemoryForAHeapFreesAllTheSame() throws InterruptedException {
    // With rings so long that every heap is megabytes, a second heap takes another commit.
    Profile profile =
        TestStack.BARE
            .profile()
            .with(Section.CACHES, List.of("ring-cache", "ring-cache#2"))
            .withSetting("ring-cache", "capacity", 4096L)
            .withSetting("ring-cache#2", "capacity", 4096L);
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = system.open(profile)) {
      long[] blocks = new long[8];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator.malloc(i % 2 == 0 ? 100 : 5_000);
      }
      HeapWalker.check(allocator, blocks);
      system.failFrom(1);
      InThread.Work freeAndFail =
          () -> {
            assertThrows(OutOfMemoryError.class, () -> allocator.malloc(100));
            for (long block : blocks) {
              allocator.free(block);
            }
          };
      InThread.platform(freeAndFail);
      assertTrue(system.failureCount() > 0, "the second heap needed no commit");
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void everySizeOfEveryTierIsRefusedWithTheSameWords() {
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = TestStack.BARE.open(system)) {
      system.failFrom(1);
      Map<Long, String> messages = new TreeMap<>();
      for (long size : new long[] {10, 5_000, 100_000, 5 << 20}) {
        OutOfMemoryError e =
            assertThrows(OutOfMemoryError.class, () -> allocator.malloc(size), "of " + size);
        messages.put(size, e.getMessage());
      }
      messages.forEach((size, message) ->
          assertTrue(message.contains(String.format("%,d B requested", size)), message));
      HeapWalker.check(allocator, new long[0]);
    }
  }
}
