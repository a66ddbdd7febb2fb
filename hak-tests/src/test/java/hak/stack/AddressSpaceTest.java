package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.process.ChildProcess;
import hak.bench.process.JavaCommand;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.Memory;
import hak.testkit.CheckedUser;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapWalker;
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
    List<String> java =
        JavaCommand.of(
            Child.class,
            64,
            List.of("-XX:ReservedCodeCacheSize=64m", "-XX:CompressedClassSpaceSize=64m"),
            "",
            List.of());
    String limited = "ulimit -v " + (16 << 20) + " && exec \"$@\""; // KiB: 16 GiB
    List<String> command = new ArrayList<>(List.of("sh", "-c", limited, "sh"));
    command.addAll(java);
    long region = TestStack.FULL.profile().options().regionBytes();
    try (ChildProcess child = ChildProcess.start("a limited JVM", command, Map.of())) {
      assertEquals(region + " " + region, child.receive());
      child.awaitEnd(Duration.ofMinutes(1));
    }
  }
}
