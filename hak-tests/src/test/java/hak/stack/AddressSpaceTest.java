package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.process.ChildProcess;
import hak.bench.process.JavaCommand;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.limits.SystemLimits;
import hak.core.memory.Memory;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.testkit.CheckedUser;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapWalker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stack's memory cannot leave its reservation, whatever the system gives. */
class AddressSpaceTest {
  /** What a reservation may be longer than its region: it begins at a multiple of 2 MiB. */
  private static final long SLACK_BYTES = 2L << 20;

  private static void play(HakAllocator allocator) {
    CheckedUser user = new CheckedUser(allocator, 1);
    user.play(new SplittableRandom(1), 10_000, CheckedUser.Sizes.upTo(40_000));
    user.play(new SplittableRandom(2), 200, CheckedUser.Sizes.upTo(3 << 20));
    HeapWalker.check(allocator, user.addresses());
    user.freeAll();
    HeapWalker.check(allocator, new long[0]);
  }

  @ParameterizedTest
  @EnumSource
  void allThatARefCanNameIsReservedHoweverSmallTheRegion(TestStack stack) {
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = stack.open(system)) {
      Memory memory = StackView.of(allocator).memory();
      assertEquals(Memory.SPAN_BYTES, memory.segment().byteSize());
      assertTrue(system.isMapped(memory.base(), Memory.SPAN_BYTES), "a ref reaches foreign memory");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutSoMuchAddressSpaceTheRegionIsReservedAndAccessesAreChecked(TestStack stack) {
    FailingVirtualMemory system = new FailingVirtualMemory();
    long region = stack.profile().options().regionBytes();
    system.limitReservations(region + SLACK_BYTES);
    try (HakAllocator allocator = stack.open(system)) {
      assertEquals(region, allocator.describe().regionBytes());
      play(allocator);
      Memory memory = StackView.of(allocator).memory();
      assertTrue(system.isMapped(memory.base(), memory.segment().byteSize()));
      for (int ref :
          new int[] {-1, Memory.refOfOffset(region), Memory.refOfOffset(region + 4096)}) {
        assertThrows(IndexOutOfBoundsException.class, () -> memory.getLong(ref, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.putLong(ref, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.getAndSetInt(ref, 0, 1));
      }
    }
    system.assertSound();
  }

  /** Opens a stack, works with it, and says how long its region and its segment are. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try (HakAllocator allocator = TestStack.FULL.open()) {
        play(allocator);
        System.out.println(
            allocator.describe().regionBytes()
                + " "
                + StackView.of(allocator).memory().segment().byteSize());
      }
    }
  }

  @Test
  void underALimitOfAddressSpaceAStackWorks() throws InterruptedException {
    long region = TestStack.FULL.profile().options().regionBytes();
    try (ChildProcess child = start(Child.class, 16)) {
      assertEquals(region + " " + region, child.receive());
      child.awaitEnd(Duration.ofMinutes(1));
    }
  }

  private static ChildProcess start(Class<?> main, int limitGibibytes) {
    List<String> java =
        JavaCommand.of(
            main,
            64,
            List.of("-XX:ReservedCodeCacheSize=64m", "-XX:CompressedClassSpaceSize=64m"),
            "",
            List.of());
    String limited = "ulimit -v " + (limitGibibytes << 20) + " && exec \"$@\""; // in KiB
    List<String> command = new ArrayList<>(List.of("sh", "-c", limited, "sh"));
    command.addAll(java);
    // The C library would give each thread 64 MiB of address space for its own allocator.
    return ChildProcess.start("a limited JVM", command, Map.of("MALLOC_ARENA_MAX", "1"));
  }

  /**
   * Opens the first stack of a JVM. Says what of the address space that was left it has reserved,
   * what is left with a big block in it, both in percent, and what was logged.
   */
  static final class FirstStack {
    private FirstStack() {}

    private static long leftBytes() {
      return new SystemLimits(Path.of("/")).addressSpace().orElseThrow().leftBytes();
    }

    public static void main(String[] arguments) {
      long before = leftBytes();
      Profile profile = TestStack.FULL.profile().with(StackOptions.REGION, 32L << 30);
      List<String> messages =
          LogHandler.messagesOf(() -> {
            try (HakAllocator allocator = Hak.open(profile)) {
              allocator.free(allocator.malloc(3 << 20));
              System.out.println(100 * allocator.describe().regionBytes() / before);
              System.out.println(100 * leftBytes() / before);
              System.out.println(
                  assertThrows(OutOfMemoryError.class, () -> allocator.malloc(8L << 30))
                      .getMessage());
            }
          });
      messages.forEach(System.out::println);
      System.out.println("end");
    }
  }

  /** The stack that is opened before the first, to go through its slow paths, takes nothing. */
  @Test
  void theFirstStackHasHalfOfTheAddressSpaceAndTheJvmTheRest() throws InterruptedException {
    try (ChildProcess child = start(FirstStack.class, 4)) {
      int reserved = Integer.parseInt(child.receive());
      int left = Integer.parseInt(child.receive());
      assertTrue(reserved >= 40 && reserved <= 50, reserved + " % of the address space");
      assertTrue(left >= 40, left + " % of the address space are left");
      String refused = child.receive();
      assertTrue(refused.contains("the system refused the 34,359,738,368 B"), refused);
      assertTrue(refused.contains("of RLIMIT_AS "), refused);
      String message = child.receive();
      assertTrue(message.contains("the system refuses 32,768 MiB of address space"), message);
      assertEquals("end", child.receive(), "nobody hears of the rehearsal");
      child.awaitEnd(Duration.ofMinutes(1));
    }
  }
}
