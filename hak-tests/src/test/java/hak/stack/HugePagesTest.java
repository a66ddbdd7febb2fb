package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hak.core.HakAllocator;
import hak.core.memory.PageRuns;
import hak.core.profile.StackOptions;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The option {@code stack.huge-from}: huge pages are asked for in what a stack takes beyond it. */
class HugePagesTest {
  private static final int SUPERSLABS_BELOW = 16;

  private final FailingVirtualMemory system = new FailingVirtualMemory();

  private HakAllocator openWithHugePagesFrom(long bytes) {
    return system.open(TestStack.BARE.profile().with(StackOptions.HUGE_FROM, bytes));
  }

  /** Blocks that nobody touches, each as long as a superslab. */
  private static void take(HakAllocator allocator, int superslabs) {
    for (int i = 0; i < superslabs; i++) {
      allocator.malloc(PageRuns.SUPERSLAB_BYTES);
    }
  }

  @Test
  void areAskedForBeyondTheOptionAndNotBelow() {
    try (HakAllocator allocator =
        openWithHugePagesFrom((long) SUPERSLABS_BELOW * PageRuns.SUPERSLAB_BYTES)) {
      take(allocator, SUPERSLABS_BELOW);
      assertEquals(0, system.count(Call.ADVISE_HUGE), "below");
      take(allocator, 1);
      assertNotEquals(0, system.count(Call.ADVISE_HUGE), "beyond");
    }
  }

  @Test
  void areAskedForFromTheFirstByteOn() {
    try (HakAllocator allocator = openWithHugePagesFrom(0)) {
      take(allocator, 1);
      assertNotEquals(0, system.count(Call.ADVISE_HUGE));
    }
  }

  @Test
  void areNeverAskedForBeyondAllThatThereIs() {
    try (HakAllocator allocator = openWithHugePagesFrom(StackOptions.HUGE_FROM.max())) {
      take(allocator, 4 * SUPERSLABS_BELOW);
      assertEquals(0, system.count(Call.ADVISE_HUGE));
    }
  }

  /** A thread that does little has a slab of each size and touches little of it. */
  @Test
  void beginLaterForEachThread() throws InterruptedException {
    try (HakAllocator allocator =
        openWithHugePagesFrom((long) SUPERSLABS_BELOW * PageRuns.SUPERSLAB_BYTES)) {
      int threads = 4;
      CountDownLatch allHaveOne = new CountDownLatch(threads);
      List<InThread.Work> works = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        works.add(() -> {
          allocator.free(allocator.malloc(100));
          allHaveOne.countDown();
          allHaveOne.await();
        });
      }
      InThread.all(Thread.ofPlatform(), works);
      take(allocator, SUPERSLABS_BELOW + 4);
      assertEquals(0, system.count(Call.ADVISE_HUGE), "8 MiB for each but the first");
      take(allocator, 3 * 4);
      assertNotEquals(0, system.count(Call.ADVISE_HUGE));
    }
  }
}
