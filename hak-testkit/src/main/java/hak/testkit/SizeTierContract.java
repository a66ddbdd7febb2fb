package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.profile.Profile;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SizeTier}: without any cache the tier serves every size class, hands out
 * no block twice, takes back what any thread frees, gives empty slabs back, and when there is no
 * memory says so and changes nothing.
 *
 * <p>The tier is the only size tier of the stack, so it serves all sizes from 0 to its largest.
 */
public abstract class SizeTierContract extends BoxContract<SizeTierProvider> {
  private static final long SMALL_REGION_BYTES = 64L << 20;

  private OpenStack stack;
  private SizeTier tier;

  /** For subclasses. */
  protected SizeTierContract() {
    super(SizeTierProvider.class);
  }

  /** None of a tier that is dear anyway and hands out several blocks at once. */
  @Override
  final List<String> hotMethods() {
    return tier.refills() ? List.of() : List.of("allocate", "release");
  }

  @Override
  final Profile profile() {
    return stackOfTiers(List.of(box()));
  }

  @BeforeEach
  void openStack() {
    open(new OpenStack(profile()));
  }

  private void open(OpenStack opened) {
    stack = opened;
    tier = stack.view.sizeTiers().getFirst();
  }

  @AfterEach
  void walkAndClose() {
    HeapWalker.check(stack.allocator);
    stack.close();
  }

  private int last() {
    return stack.classes.last();
  }

  private int[] someClasses() {
    return new int[] {1, last() / 2, last()};
  }

  private List<Integer> take(int sizeClass, int count) {
    List<Integer> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int block = tier.allocate(stack.heap, sizeClass);
      assertNotEquals(0, block);
      blocks.add(block);
    }
    return blocks;
  }

  private void give(int sizeClass, List<Integer> blocks) {
    blocks.forEach(block -> tier.release(stack.heap, sizeClass, block));
  }

  private long[] addresses(List<Integer> blocks) {
    return blocks.stream().mapToLong(stack.memory::address).toArray();
  }

  private HeapReport check(List<Integer> live) {
    return HeapWalker.check(stack.allocator, addresses(live));
  }

  @Test
  void isARecord() {
    assertTrue(tier.getClass().isRecord(), "fields of other classes are no constants");
  }

  @Test
  void blockSizesAscendInMultiplesOfEight() {
    int[] sizes = provider().blockBytes(OpenStack.settings(provider(), settings()));
    assertTrue(sizes.length > 0);
    int[] sorted = Arrays.stream(sizes).sorted().distinct().toArray();
    assertEquals(Arrays.toString(sorted), Arrays.toString(sizes));
    for (int i = 0; i < sizes.length; i++) {
      assertEquals(0, sizes[i] % Memory.UNIT_BYTES, sizes[i] + " B");
      assertTrue(sizes[i] <= 8 || sizes[i] % 16 == 0, sizes[i] + " B: from 16 B up aligned to 16");
      assertEquals(sizes[i], stack.classes.bytes(i + 1));
    }
  }

  @Test
  void everySizeGetsABlockThatIsLargeEnoughAndAligned() {
    List<Long> blocks = new ArrayList<>();
    for (long size = 0; size <= stack.classes.largestBytes(); size += size < 1024 ? 1 : 61) {
      long address = stack.allocator.malloc(size);
      assertTrue(stack.allocator.usableSize(address) >= size);
      assertEquals(0, address % (size <= 8 ? 8 : 16), "alignment of " + size + " B");
      blocks.add(address);
    }
    HeapWalker.check(stack.allocator, blocks.stream().mapToLong(Long::longValue).toArray());
    blocks.forEach(stack.allocator::free);
  }

  @Test
  void blocksOfPowersOfTwoUpToAPageAreAlignedToThemselves() {
    for (int sizeClass = 1; sizeClass <= last(); sizeClass++) {
      int bytes = stack.classes.bytes(sizeClass);
      List<Integer> blocks = take(sizeClass, 20);
      if (Integer.bitCount(bytes) == 1
          && bytes <= PageTable.PAGE_BYTES
          && stack.classes.headBytes(sizeClass) == 0) {
        for (int block : blocks) {
          assertEquals(0, stack.memory.address(block) % bytes, bytes + " B");
        }
      }
      give(sizeClass, blocks);
    }
  }

  @Test
  void handsOutNoBlockTwice() {
    List<Integer> all = new ArrayList<>();
    for (int sizeClass : someClasses()) {
      all.addAll(take(sizeClass, 3_000));
    }
    assertEquals(all.size(), new HashSet<>(all).size());
    assertEquals(all.size(), check(all).userBlocks());
    for (int i = 0; i < 3; i++) {
      give(someClasses()[i], all.subList(i * 3_000, (i + 1) * 3_000));
    }
    check(List.of());
  }

  @Test
  void everyOrderOfTakingAndGivingKeepsEachBlockOnce() {
    SplittableRandom random = new SplittableRandom(11);
    List<List<Integer>> held = new ArrayList<>();
    for (int sizeClass = 0; sizeClass <= last(); sizeClass++) {
      held.add(new ArrayList<>());
    }
    for (int phase = 0; phase < 6; phase++) {
      for (int i = 0; i < 20_000; i++) {
        int sizeClass = 1 + random.nextInt(last());
        List<Integer> blocks = held.get(sizeClass);
        if (blocks.isEmpty() || random.nextInt(10) < (phase % 2 == 0 ? 6 : 4)) {
          blocks.add(tier.allocate(stack.heap, sizeClass));
        } else {
          int index = random.nextInt(blocks.size());
          int block = blocks.get(index);
          blocks.set(index, blocks.getLast());
          blocks.removeLast();
          tier.release(stack.heap, sizeClass, block);
        }
      }
      List<Integer> live = new ArrayList<>();
      held.forEach(live::addAll);
      check(live);
    }
  }

  @Test
  void usersMayOverwriteWholeBlocks() {
    List<Integer> blocks = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int sizeClass : someClasses()) {
        blocks = take(sizeClass, 500);
        for (int block : blocks) {
          for (int i = 0; i < stack.classes.bytes(sizeClass); i += Memory.UNIT_BYTES) {
            stack.memory.putLong(block, i, -1);
          }
        }
        check(blocks);
        give(sizeClass, blocks);
      }
    }
  }

  @Test
  void releasedBlocksAreUsedAgain() {
    for (int sizeClass : someClasses()) {
      int count = (2 << 20) / stack.classes.bytes(sizeClass);
      give(sizeClass, take(sizeClass, count));
      int superslabs = stack.view.pageRuns().superslabCount();
      for (int round = 0; round < 20; round++) {
        give(sizeClass, take(sizeClass, count));
      }
      assertTrue(
          stack.view.pageRuns().superslabCount() <= superslabs + 1,
          "superslabs before and after 20 rounds of the same");
    }
  }

  @Test
  void retireGivesEveryEmptySlabBack() {
    for (int sizeClass = 1; sizeClass <= last(); sizeClass++) {
      give(sizeClass, take(sizeClass, 1 + (256 << 10) / stack.classes.bytes(sizeClass)));
    }
    tier.retire(stack.heap);
    HeapReport report = check(List.of());
    assertEquals(0, report.slabs());
    assertEquals(0, report.superslabs(), "superslabs in use without a slab");
  }

  @Test
  void retireKeepsSlabsWithABlockInUserHands() {
    List<Integer> live = new ArrayList<>();
    for (int sizeClass = 1; sizeClass <= last(); sizeClass++) {
      List<Integer> blocks = take(sizeClass, 100);
      live.add(blocks.removeLast());
      give(sizeClass, blocks);
    }
    tier.retire(stack.heap);
    HeapReport report = check(live);
    assertEquals(last(), report.slabs());
    for (int sizeClass = 1; sizeClass <= last(); sizeClass++) {
      tier.release(stack.heap, sizeClass, live.get(sizeClass - 1));
    }
    tier.retire(stack.heap);
    assertEquals(0, check(List.of()).slabs());
  }

  /**
   * Whatever a tier gives back: the blocks that live stay whole, and all others are there again.
   */
  @Test
  void givingMemoryBackTouchesNoBlockThatLives() {
    for (int sizeClass : someClasses()) {
      int bytes = stack.classes.bytes(sizeClass);
      for (int step : new int[] {2, 7, 300}) {
        List<Integer> blocks = take(sizeClass, 600);
        List<Integer> live = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
          int block = blocks.get(i);
          stack.memory.putLong(block, 0, i);
          stack.memory.putLong(block, bytes - Memory.UNIT_BYTES, i);
          if (i % step == step / 2) {
            live.add(block);
          } else {
            tier.release(stack.heap, sizeClass, block);
          }
        }
        for (int round = 0; round < 2; round++) {
          tier.retire(stack.heap);
          tier.giveBack(stack.heap);
          tier.giveBack(SizeTier.NO_HEAP);
          check(live);
        }
        List<Integer> more = take(sizeClass, 600);
        for (int i = 0; i < live.size(); i++) {
          long mark = (long) i * step + step / 2;
          assertEquals(mark, stack.memory.getLong(live.get(i), bytes - Memory.UNIT_BYTES));
          assertEquals(mark, bytes > 8 ? stack.memory.getLong(live.get(i), 0) : mark);
        }
        more.addAll(live);
        check(more);
        give(sizeClass, more);
      }
    }
  }

  @Test
  void worksOnAfterRetire() {
    for (int round = 0; round < 5; round++) {
      List<Integer> live = new ArrayList<>();
      for (int sizeClass : someClasses()) {
        List<Integer> blocks = take(sizeClass, 200);
        give(sizeClass, blocks.subList(0, 150));
        tier.retire(stack.heap);
        live.addAll(blocks.subList(150, 200));
        live.addAll(take(sizeClass, 50));
      }
      check(live);
      for (int i = 0; i < 3; i++) {
        give(someClasses()[i], live.subList(i * 100, (i + 1) * 100));
      }
    }
  }

  private static void inThread(Runnable work) {
    Thread thread = new Thread(work);
    Throwable[] thrown = new Throwable[1];
    thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (thrown[0] != null) {
      throw new AssertionError("in another thread", thrown[0]);
    }
  }

  @Test
  void blocksFreedByAnotherThreadComeBack() {
    for (int sizeClass : someClasses()) {
      List<Integer> blocks = take(sizeClass, 2_000);
      inThread(() -> {
        for (long address : addresses(blocks)) {
          stack.allocator.free(address);
        }
      });
      check(List.of());
      int superslabs = stack.view.pageRuns().superslabCount();
      for (int round = 0; round < 20; round++) {
        List<Integer> more = take(sizeClass, 2_000);
        inThread(() -> {
          for (long address : addresses(more)) {
            stack.allocator.free(address);
          }
        });
      }
      assertTrue(
          stack.view.pageRuns().superslabCount() <= superslabs + 2,
          "superslabs before and after 20 rounds of the same");
    }
    for (int heap : stack.view.heaps()) {
      tier.handOverWithheld(heap);
    }
    tier.retire(stack.heap);
    HeapReport report = check(List.of());
    assertEquals(0, report.remoteBlocks());
    assertEquals(0, report.slabs());
  }

  @Test
  void blocksGivenBackWithoutAHeapAreUsedAgain() {
    for (int sizeClass : someClasses()) {
      take(sizeClass, 1_000).forEach(block -> tier.release(SizeTier.NO_HEAP, sizeClass, block));
      check(List.of());
      give(sizeClass, take(sizeClass, 1_000));
    }
    tier.retire(stack.heap);
    assertEquals(0, check(List.of()).slabs());
  }

  @Test
  void partlyFreedByAnotherThreadNothingIsLost() {
    SplittableRandom random = new SplittableRandom(5);
    for (int sizeClass : someClasses()) {
      List<Integer> blocks = take(sizeClass, 1_000);
      List<Integer> theirs = new ArrayList<>();
      List<Integer> mine = new ArrayList<>();
      List<Integer> live = new ArrayList<>();
      for (int block : blocks) {
        List.of(theirs, mine, live).get(random.nextInt(3)).add(block);
      }
      inThread(() -> {
        for (long address : addresses(theirs)) {
          stack.allocator.free(address);
        }
      });
      give(sizeClass, mine);
      check(live);
      List<Integer> again = take(sizeClass, 500);
      Set<Integer> all = new HashSet<>(again);
      all.addAll(live);
      assertEquals(again.size() + live.size(), all.size(), "a live block was handed out again");
      check(List.copyOf(all));
      give(sizeClass, List.copyOf(all));
    }
  }

  @Test
  void twoThreadsAtOnceGetDifferentBlocks() throws InterruptedException {
    List<CheckedUser> users = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> thrown = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      CheckedUser user = new CheckedUser(stack.allocator, i);
      SplittableRandom random = new SplittableRandom(i);
      Thread thread =
          new Thread(() ->
              user.play(random, 50_000, CheckedUser.Sizes.upTo(stack.classes.largestBytes())));
      thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e));
      users.add(user);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), thrown);
    long[] live = users.stream().flatMapToLong(user -> Arrays.stream(user.addresses())).toArray();
    HeapWalker.check(stack.allocator, live);
    users.forEach(CheckedUser::freeAll);
    HeapWalker.check(stack.allocator, new long[0]);
  }

  @Test
  void withoutMemoryItSaysSoAndChangesNothing() {
    stack.close();
    open(new OpenStack(UpperHalf.with(profile(), SMALL_REGION_BYTES)));
    for (int sizeClass : new int[] {last(), last() / 2 + 1}) {
      List<Integer> live = takeAll(sizeClass);
      HeapReport full = check(live);
      for (int i = 0; i < 3; i++) {
        assertEquals(0, tier.allocate(stack.heap, sizeClass));
        assertEquals(full, check(live), "the heap after a refusal");
      }
      tier.release(stack.heap, sizeClass, live.removeLast());
      live.add(tier.allocate(stack.heap, sizeClass));
      assertNotEquals(0, live.getLast(), "a block was freed a moment ago");
      int count = live.size();
      give(sizeClass, live);
      tier.retire(stack.heap);
      List<Integer> again = takeAll(sizeClass);
      assertEquals(count, again.size(), "blocks that fit into the region");
      give(sizeClass, again);
      tier.retire(stack.heap);
    }
  }

  private List<Integer> takeAll(int sizeClass) {
    List<Integer> blocks = new ArrayList<>();
    for (int block = tier.allocate(stack.heap, sizeClass);
        block != 0;
        block = tier.allocate(stack.heap, sizeClass)) {
      blocks.add(block);
    }
    assertTrue(!blocks.isEmpty());
    return blocks;
  }

  @Test
  void whenTheSystemRefusesMemoryNothingChangesAndLaterItWorks() {
    stack.close();
    FailingVirtualMemory system = new FailingVirtualMemory();
    open(new OpenStack(profile(), system));
    int sizeClass = last();
    system.failFrom(1);
    List<Integer> live = takeAll(sizeClass);
    HeapReport full = check(live);
    assertEquals(0, tier.allocate(stack.heap, sizeClass));
    assertEquals(full, check(live), "the heap after a refusal");
    system.succeed();
    live.addAll(take(sizeClass, 1_000));
    check(live);
    give(sizeClass, live);
    system.assertSound();
  }

  @Test
  void refillHandsOutDifferentBlocksUntilTheyAreRefused() {
    for (int sizeClass : someClasses()) {
      for (int room : new int[] {0, 1, 3, 10_000}) {
        List<Integer> live = new ArrayList<>();
        int block =
            tier.refill(
                stack.heap,
                sizeClass,
                (heap, ofClass, further) -> {
                  assertEquals(stack.heap, heap);
                  assertEquals(sizeClass, ofClass);
                  return live.size() < room && live.add(further);
                });
        assertNotEquals(0, block);
        assertTrue(live.size() <= room);
        live.add(block);
        assertEquals(live.size(), new HashSet<>(live).size());
        check(live);
        give(sizeClass, live);
      }
    }
  }

  /** Takes the blocks of a list that was handed over. */
  private List<Integer> blocksOf(long list) {
    List<Integer> blocks = new ArrayList<>();
    for (long rest = list; !BlockList.isEmpty(rest); rest = BlockList.rest(stack.memory, rest)) {
      assertEquals(BlockList.room(list), BlockList.room(rest), "the room is carried through");
      blocks.add(BlockList.first(rest));
    }
    assertEquals(blocks.size(), BlockList.count(list));
    return blocks;
  }

  @Test
  void handsOverWholeListsOfFreeBlocks() {
    assumeTrue(tier.handsOver(), "it hands over none");
    for (int sizeClass : someClasses()) {
      List<Integer> live = take(sizeClass, 10);
      while (live.size() < 3_000) {
        List<Integer> listed = blocksOf(tier.handOver(stack.heap, sizeClass));
        assertTrue(!listed.isEmpty());
        live.addAll(listed);
      }
      assertEquals(live.size(), new HashSet<>(live).size(), "a block twice");
      check(live);
      give(sizeClass, live.subList(0, 1_000));
      List<Integer> left = new ArrayList<>(live.subList(1_000, live.size()));
      left.addAll(blocksOf(tier.handOver(stack.heap, sizeClass)));
      left.addAll(take(sizeClass, 10));
      check(left);
      long[] theirs = addresses(left);
      inThread(() -> Arrays.stream(theirs).forEach(stack.allocator::free));
      tier.retire(stack.heap);
      check(List.of());
    }
  }

  @Test
  void withoutMemoryItHandsOverAnEmptyList() {
    assumeTrue(tier.handsOver(), "it hands over none");
    stack.close();
    open(new OpenStack(UpperHalf.with(profile(), SMALL_REGION_BYTES)));
    int sizeClass = last();
    List<Integer> live = takeAll(sizeClass);
    HeapReport full = check(live);
    assertTrue(BlockList.isEmpty(tier.handOver(stack.heap, sizeClass)));
    assertEquals(full, check(live), "the heap after a refusal");
    tier.release(stack.heap, sizeClass, live.removeLast());
    live.addAll(blocksOf(tier.handOver(stack.heap, sizeClass)));
    assertEquals(full, check(live), "the block that was freed a moment ago");
    give(sizeClass, live);
  }

  @Test
  void heapsOfTwoThreadsDoNotMeet() {
    int[] other = new int[1];
    long[] theirs = new long[100];
    inThread(() -> {
      for (int i = 0; i < theirs.length; i++) {
        theirs[i] = stack.allocator.malloc(1);
      }
      other[0] = stack.view.heaps()[1];
    });
    List<Integer> mine = take(1, 100);
    Set<Long> all = new HashSet<>();
    Arrays.stream(theirs).forEach(all::add);
    Arrays.stream(addresses(mine)).forEach(all::add);
    assertEquals(200, all.size());
    assertNotEquals(stack.heap, other[0]);
    HeapWalker.check(stack.allocator, all.stream().mapToLong(Long::longValue).toArray());
    give(1, mine);
    Arrays.stream(theirs).forEach(stack.allocator::free);
  }

  @Test
  void forEachActiveVisitsNothingOfClassesItDoesNotServe() {
    take(1, 1).forEach(block -> tier.release(stack.heap, 1, block));
    List<Integer> visited = new ArrayList<>();
    tier.forEachActive(stack.heap, 0, visited::add);
    assertEquals(List.of(), visited);
  }
}
