package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.profile.Profile;
import hak.core.spi.BoxContext;
import hak.core.spi.Front;
import hak.core.spi.HeapSpace;
import hak.core.spi.Section;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapWalker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cache gets from the tiers: when its heap is new, when nobody had a block, by request. */
class FrontTest {
  private static final int FILLED_AT_FIRST = 5;
  private static final int WANTED = 10;
  private static final int ROOM = 12;

  /** Blocks of this size have a class of their own. */
  private static final long SIZE = 64;

  private static final AtomicInteger HEAPS = new AtomicInteger();
  private static volatile Front front;
  private static volatile boolean opens = true;

  private HakAllocator stack;
  private StackView view;

  /** A bounded list that asks for blocks. */
  private record Greedy(Memory memory, PerClass cells, Front front, int sizeClass)
      implements ThreadCache {
    @Override
    public void opened(int heap) {
      HEAPS.incrementAndGet();
      if (!opens) {
        throw new OutOfMemoryError("of the test");
      }
      front.fill(heap, sizeClass, FILLED_AT_FIRST);
    }

    @Override
    public boolean refills() {
      return true;
    }

    @Override
    public int wanted(int heap, int sizeClass) {
      return sizeClass == this.sizeClass ? WANTED : 0;
    }

    @Override
    public int pop(int heap, int sizeClass) {
      int cell = cells.at(heap, sizeClass);
      long list = memory.getLong(cell, 0);
      if (!BlockList.isEmpty(list)) {
        memory.putLong(cell, 0, BlockList.rest(memory, list));
      }
      return BlockList.first(list);
    }

    @Override
    public boolean push(int heap, int sizeClass, int block) {
      int cell = cells.at(heap, sizeClass);
      long list = memory.getLong(cell, 0);
      if (BlockList.count(list) == ROOM) {
        return false;
      }
      memory.putLong(cell, 0, BlockList.push(memory, list, block));
      return true;
    }

    @Override
    public void forEach(int heap, int sizeClass, IntConsumer visitor) {
      BlockList.forEach(memory, memory.getLong(cells.at(heap, sizeClass), 0), visitor);
    }

    @Override
    public int blockCount(int heap, int sizeClass) {
      return BlockList.count(memory.getLong(cells.at(heap, sizeClass), 0));
    }
  }

  /** Names the cache. */
  public static final class Provider implements ThreadCacheProvider {
    @Override
    public String id() {
      return "greedy";
    }

    @Override
    public String summary() {
      return "asks for blocks, for a test";
    }

    @Override
    public HeapSpace heapSpace(Settings settings, int layers) {
      return HeapSpace.perClass(Long.BYTES);
    }

    @Override
    public ThreadCache create(BoxContext context) {
      front = context.front();
      assertThrows(IllegalStateException.class, () -> front.fill(0, 1, 1), "before all are made");
      return new Greedy(
          context.memory(), context.perClass(Long.BYTES), front, context.sizeClasses().of(SIZE));
    }
  }

  private static Profile profile() {
    return TestStack.BARE.profile().with(Section.CACHES, List.of("greedy"));
  }

  @BeforeEach
  void open() {
    opens = true;
    stack = TestStack.BARE.open(); // so that the rehearsal is over
    stack.close();
    stack = Hak.open(profile());
    view = StackView.of(stack);
    HEAPS.set(0);
  }

  @AfterEach
  void walkAndClose() {
    opens = true;
    HeapWalker.check(stack);
    stack.close();
  }

  private int cached() {
    int count = 0;
    for (int heap : view.heaps()) {
      count += view.caches().getFirst().blockCount(heap, view.sizeClasses().of(SIZE));
    }
    return count;
  }

  @Test
  void aNewHeapIsFilled() {
    stack.malloc(1);
    assertEquals(1, HEAPS.get());
    assertEquals(FILLED_AT_FIRST, cached());
  }

  @Test
  void aHeapThatIsAdoptedIsNotFilledAgain() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      Thread.ofPlatform().start(() -> stack.malloc(1)).join();
    }
    assertEquals(1, HEAPS.get());
    assertEquals(FILLED_AT_FIRST, cached());
  }

  @Test
  void aSharedHeapIsFilledToo() throws InterruptedException {
    Thread.ofVirtual().start(() -> stack.malloc(1)).join();
    assertEquals(1, HEAPS.get());
    assertEquals(FILLED_AT_FIRST, cached());
  }

  @Test
  void whenTheCachesAreEmptyTheyGetWhatTheyWant() {
    for (int i = 0; i < FILLED_AT_FIRST; i++) {
      stack.malloc(SIZE);
    }
    assertEquals(0, cached());
    stack.malloc(SIZE);
    assertEquals(WANTED, cached());
  }

  @Test
  void aFullCacheLeavesTheRest() {
    stack.malloc(1);
    int heap = view.heaps()[0];
    int sizeClass = view.sizeClasses().of(SIZE);
    assertEquals(ROOM - FILLED_AT_FIRST, front.fill(heap, sizeClass, 1_000));
    assertEquals(ROOM, cached());
    assertEquals(0, front.fill(heap, sizeClass, 1));
  }

  @Test
  void drainingGivesBlocksBackToTheTier() {
    stack.malloc(1);
    int heap = view.heaps()[0];
    int sizeClass = view.sizeClasses().of(SIZE);
    assertEquals(2, front.drain(heap, sizeClass, 2));
    assertEquals(FILLED_AT_FIRST - 2, cached());
    assertEquals(FILLED_AT_FIRST - 2, front.held(heap, sizeClass));
    assertEquals(FILLED_AT_FIRST - 2, front.drain(heap, sizeClass, 1_000));
    assertEquals(0, cached());
  }

  @Test
  void oneCacheAloneCanBeDrained() {
    try (HakAllocator two = Hak.open(profile().with(Section.CACHES, List.of("noop", "greedy")))) {
      two.malloc(1);
      StackView inside = StackView.of(two);
      int heap = inside.heaps()[0];
      int sizeClass = inside.sizeClasses().of(SIZE);
      ThreadCache empty = inside.caches().getFirst();
      ThreadCache greedy = inside.caches().getLast();
      assertEquals(0, front.drain(empty, heap, sizeClass, 1_000));
      assertEquals(2, front.drain(greedy, heap, sizeClass, 2));
      assertEquals(FILLED_AT_FIRST - 2, front.held(heap, sizeClass));
      HeapWalker.check(two);
    }
  }

  @Test
  void aFillThatFailsLeavesTheHeapUsable() {
    opens = false;
    assertThrows(OutOfMemoryError.class, () -> stack.malloc(1));
    stack.malloc(1);
    assertEquals(1, HEAPS.get(), "never again");
    assertEquals(0, cached());
  }

  @Test
  void whereThereIsNoMemoryFewerBlocksComeAndNoneIsLost() {
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator small = system.open(profile())) {
      system.failFrom(1);
      assertThrows(OutOfMemoryError.class, () -> exhaust(small));
      HeapWalker.check(small);
    }
  }

  private static void exhaust(HakAllocator small) {
    while (true) {
      assertTrue(small.malloc(SIZE) != 0);
    }
  }
}
