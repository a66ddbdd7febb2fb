package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hak.core.HakAllocator;
import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link ThreadCache}: what comes out was put in, once; what is refused changes
 * nothing; size classes and heaps do not meet; the room is bounded.
 *
 * <p>Blocks are taken from the tiers and offered to the cache directly, in the heap of the running
 * thread; the heap walker follows each test.
 */
public abstract class ThreadCacheContract extends BoxContract<ThreadCacheProvider> {
  /** A cache that takes so many blocks of one class counts as unbounded. */
  private static final int UNBOUNDED = (1 << 20) + 1;

  /** How many blocks of a class a cache gets that refuses none. */
  private static final int SOME = 16;

  private OpenStack stack;
  private ThreadCache cache;

  /** The class of {@link #sizeHeld}. */
  private int classHeld;

  /** For subclasses. */
  protected ThreadCacheContract() {
    super(ThreadCacheProvider.class);
  }

  /** Whether the cache takes blocks at all; most do. */
  protected boolean holdsBlocks() {
    return true;
  }

  /** A size whose blocks it takes, for a cache that takes only some. */
  protected long sizeHeld() {
    return 1;
  }

  /** Whether it has room for as many blocks of a class whichever they are; most have. */
  protected boolean roomIsFixed() {
    return true;
  }

  /** Whether it refuses blocks when it is full; one that does not is never filled. */
  protected boolean refuses() {
    return true;
  }

  /** The caches behind it, for one that needs some. */
  protected List<String> cachesBehind() {
    return List.of();
  }

  @Override
  final List<String> hotMethods() {
    return List.of("pop", "push");
  }

  @Override
  final Profile profile() {
    return withCaches(List.of(box()));
  }

  private Profile withCaches(List<String> front) {
    List<String> caches = new ArrayList<>(front);
    caches.addAll(cachesBehind());
    return stackOfTiers(sizeTiers()).with(Section.CACHES, caches);
  }

  @BeforeEach
  void openStack() {
    stack = new OpenStack(profile());
    cache = stack.view.caches().getFirst();
    classHeld = stack.classes.of(sizeHeld());
  }

  @AfterEach
  void walkAndClose() {
    HeapWalker.check(stack.allocator);
    stack.close();
  }

  /** A stack with the box as its one cache, open during each test. */
  protected final HakAllocator allocator() {
    return stack.allocator;
  }

  /** How many blocks for {@code size} bytes the cache of the running thread holds. */
  protected final int heldFor(long size) {
    return cache.blockCount(stack.heap, stack.classes.of(size));
  }

  /** One that it takes, a middle one and the last. */
  private int[] someClasses() {
    int last = stack.classes.last();
    return new int[] {classHeld, last / 2, last};
  }

  /** Fills the cache of the heap for one class; what it took is returned, in that order. */
  private List<Integer> fill(int heap, int sizeClass) {
    List<Integer> taken = new ArrayList<>();
    int block = stack.take(sizeClass);
    int most = refuses() ? UNBOUNDED : SOME;
    while (taken.size() < most && cache.push(heap, sizeClass, block)) {
      taken.add(block);
      block = stack.take(sizeClass);
    }
    stack.give(sizeClass, block);
    return taken;
  }

  private List<Integer> popAll(int heap, int sizeClass) {
    List<Integer> popped = new ArrayList<>();
    for (int block = cache.pop(heap, sizeClass); block != 0; block = cache.pop(heap, sizeClass)) {
      popped.add(block);
      assertTrue(popped.size() <= UNBOUNDED, "pop never says that the cache is empty");
    }
    return popped;
  }

  private List<Integer> visited(int heap, int sizeClass) {
    List<Integer> blocks = new ArrayList<>();
    cache.forEach(heap, sizeClass, blocks::add);
    return blocks;
  }

  private void giveAll(int sizeClass, List<Integer> blocks) {
    blocks.forEach(block -> stack.give(sizeClass, block));
  }

  private void assertSameRoom(List<Integer> blocks, List<Integer> others) {
    if (roomIsFixed()) {
      assertEquals(blocks.size(), others.size(), "room for other blocks");
    } else {
      assertEquals(blocks.isEmpty(), others.isEmpty(), "room for other blocks");
    }
  }

  @Test
  void isARecord() {
    assertTrue(cache.getClass().isRecord(), "fields of other classes are no constants");
  }

  @Test
  void aNewHeapHoldsNothing() {
    for (int sizeClass = 1; sizeClass <= stack.classes.last(); sizeClass++) {
      assertEquals(0, cache.blockCount(stack.heap, sizeClass));
      assertEquals(List.of(), visited(stack.heap, sizeClass));
      assertEquals(0, cache.pop(stack.heap, sizeClass));
    }
  }

  @Test
  void holdsBlocksOfItsClasses() {
    List<Integer> taken = fill(stack.heap, classHeld);
    assertEquals(holdsBlocks(), !taken.isEmpty(), "took " + taken.size());
    giveAll(classHeld, popAll(stack.heap, classHeld));
  }

  @Test
  void whatComesOutWasPutInOnce() {
    for (int sizeClass : someClasses()) {
      List<Integer> pushed = fill(stack.heap, sizeClass);
      List<Integer> popped = popAll(stack.heap, sizeClass);
      assertEquals(pushed.size(), popped.size());
      assertEquals(Set.copyOf(pushed), new HashSet<>(popped));
      assertEquals(0, cache.blockCount(stack.heap, sizeClass));
      giveAll(sizeClass, popped);
    }
  }

  @Test
  void roomIsBoundedAndComesBack() {
    for (int sizeClass : someClasses()) {
      List<Integer> first = fill(stack.heap, sizeClass);
      assertTrue(first.size() < UNBOUNDED, "took " + first.size() + " blocks without an end");
      giveAll(sizeClass, popAll(stack.heap, sizeClass));
      List<Integer> second = fill(stack.heap, sizeClass);
      assertSameRoom(first, second);
      giveAll(sizeClass, popAll(stack.heap, sizeClass));
    }
  }

  /** A list of so many blocks as a tier hands it over, the last one first; blocks are added. */
  private long listOf(int sizeClass, int count, List<Integer> blocks) {
    long list = BlockList.empty(cache.listRooms().of(sizeClass));
    for (int i = 0; i < count; i++) {
      int block = stack.take(sizeClass);
      blocks.addFirst(block);
      list = BlockList.push(stack.memory, list, block);
    }
    return list;
  }

  @Test
  void adoptsAListWholeAndHasAllOfItsRoomStill() {
    assumeTrue(cache.adopts(), "it takes blocks one by one");
    for (int sizeClass : someClasses()) {
      int room = fill(stack.heap, sizeClass).size();
      assertEquals(cache.listRooms().of(sizeClass), room, "what it says and what it takes");
      giveAll(sizeClass, popAll(stack.heap, sizeClass));
      for (int count : new int[] {1, 2, room + 1, 3 * room}) {
        List<Integer> listed = new ArrayList<>();
        long list = listOf(sizeClass, count, listed);
        assertEquals(listed.getFirst(), cache.adopt(stack.heap, sizeClass, list));
        List<Integer> rest = listed.subList(1, count);
        assertEquals(rest, visited(stack.heap, sizeClass));
        assertEquals(count - 1, cache.blockCount(stack.heap, sizeClass));
        List<Integer> pushed = fill(stack.heap, sizeClass);
        assertEquals(room, pushed.size(), "room beside " + count + " blocks");
        List<Integer> all = new ArrayList<>(pushed.reversed());
        all.addAll(rest);
        assertEquals(all, popAll(stack.heap, sizeClass));
        assertEquals(0, cache.blockCount(stack.heap, sizeClass));
        giveAll(sizeClass, all);
        giveAll(sizeClass, listed.subList(0, 1));
      }
      assertEquals(room, fill(stack.heap, sizeClass).size(), "room of an empty cache");
      giveAll(sizeClass, popAll(stack.heap, sizeClass));
    }
  }

  @Test
  void adoptsBesideWhatItHolds() {
    assumeTrue(cache.adopts(), "it takes blocks one by one");
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(stack.take(classHeld));
      assertTrue(cache.push(stack.heap, classHeld, held.getLast()));
    }
    List<Integer> listed = new ArrayList<>();
    int first = cache.adopt(stack.heap, classHeld, listOf(classHeld, 5, listed));
    assertEquals(listed.getFirst(), first);
    Set<Integer> expected = new HashSet<>(held);
    expected.addAll(listed.subList(1, 5));
    assertEquals(expected, new HashSet<>(visited(stack.heap, classHeld)));
    assertEquals(7, cache.blockCount(stack.heap, classHeld));
    List<Integer> popped = popAll(stack.heap, classHeld);
    assertEquals(7, popped.size());
    giveAll(classHeld, popped);
    giveAll(classHeld, List.of(first));
  }

  @Test
  void aRefusedBlockChangesNothing() {
    assumeTrue(refuses(), "it has no such block");
    for (int sizeClass : someClasses()) {
      fill(stack.heap, sizeClass);
      List<Integer> before = visited(stack.heap, sizeClass);
      int refused = stack.take(sizeClass);
      for (int i = 0; i < 3; i++) {
        stack.memory.putLong(refused, 0, 0x1122334455667788L);
        assertFalse(cache.push(stack.heap, sizeClass, refused), "full a moment ago");
        assertEquals(0x1122334455667788L, stack.memory.getLong(refused, 0), "content");
        assertEquals(before, visited(stack.heap, sizeClass));
        assertEquals(before.size(), cache.blockCount(stack.heap, sizeClass));
      }
      stack.give(sizeClass, refused);
      giveAll(sizeClass, popAll(stack.heap, sizeClass));
    }
  }

  @Test
  void visitingShowsWhatIsHeldAndChangesNothing() {
    for (int sizeClass : someClasses()) {
      List<Integer> pushed = fill(stack.heap, sizeClass);
      List<Integer> seen = visited(stack.heap, sizeClass);
      assertEquals(pushed.size(), seen.size());
      assertEquals(Set.copyOf(pushed), Set.copyOf(seen));
      assertEquals(seen, visited(stack.heap, sizeClass), "a second visit");
      assertEquals(seen.size(), cache.blockCount(stack.heap, sizeClass));
      giveAll(sizeClass, popAll(stack.heap, sizeClass));
    }
  }

  @Test
  void everySequenceOfPushAndPopKeepsEachBlockOnce() {
    SplittableRandom random = new SplittableRandom(3);
    List<Set<Integer>> held = new ArrayList<>();
    for (int sizeClass = 0; sizeClass <= stack.classes.last(); sizeClass++) {
      held.add(new HashSet<>());
    }
    for (int i = 0; i < 20_000; i++) {
      int sizeClass = 1 + random.nextInt(stack.classes.last());
      Set<Integer> model = held.get(sizeClass);
      boolean grows = (i / 2_000) % 2 == 0;
      if (random.nextInt(10) < (grows ? 7 : 3)) {
        int block = stack.take(sizeClass);
        if (cache.push(stack.heap, sizeClass, block)) {
          assertTrue(model.add(block));
        } else {
          stack.give(sizeClass, block);
        }
      } else {
        int block = cache.pop(stack.heap, sizeClass);
        assertEquals(model.isEmpty(), block == 0, "empty with " + model.size() + " blocks in it");
        if (block != 0) {
          assertTrue(model.remove(block), "popped what it does not hold");
          stack.give(sizeClass, block);
        }
      }
      assertEquals(model.size(), cache.blockCount(stack.heap, sizeClass));
    }
    for (int sizeClass = 1; sizeClass <= stack.classes.last(); sizeClass++) {
      assertEquals(held.get(sizeClass), new HashSet<>(visited(stack.heap, sizeClass)));
    }
  }

  @Test
  void sizeClassesDoNotMeet() {
    int last = stack.classes.last();
    List<List<Integer>> pushed = new ArrayList<>();
    for (int sizeClass = 1; sizeClass <= last; sizeClass++) {
      int block = stack.take(sizeClass);
      boolean taken = cache.push(stack.heap, sizeClass, block);
      pushed.add(taken ? List.of(block) : List.of());
      if (!taken) {
        stack.give(sizeClass, block);
      }
    }
    for (int sizeClass = last; sizeClass >= 1; sizeClass--) {
      assertEquals(pushed.get(sizeClass - 1), popAll(stack.heap, sizeClass), "class " + sizeClass);
      giveAll(sizeClass, pushed.get(sizeClass - 1));
    }
  }

  @Test
  void fillingOneClassLeavesRoomInTheOthers() {
    int last = stack.classes.last();
    int other = classHeld + 1;
    List<Integer> before = fill(stack.heap, other);
    giveAll(other, popAll(stack.heap, other));
    fill(stack.heap, classHeld);
    fill(stack.heap, last);
    assertSameRoom(before, fill(stack.heap, other));
    for (int sizeClass : new int[] {classHeld, other, last}) {
      giveAll(sizeClass, popAll(stack.heap, sizeClass));
    }
  }

  @Test
  void heapsDoNotMeet() throws InterruptedException {
    Thread.ofPlatform()
        .start(() -> stack.allocator.free(stack.allocator.malloc(sizeHeld())))
        .join();
    int[] heaps = stack.view.heaps();
    assertEquals(2, heaps.length);
    int other = heaps[1];
    giveAll(classHeld, popAll(other, classHeld));
    List<Integer> mine = fill(stack.heap, classHeld);
    assertEquals(0, cache.blockCount(other, classHeld));
    assertEquals(0, cache.pop(other, classHeld));
    List<Integer> theirs = fill(other, classHeld);
    assertSameRoom(mine, theirs);
    assertEquals(Set.copyOf(mine), Set.copyOf(visited(stack.heap, classHeld)));
    giveAll(classHeld, popAll(other, classHeld));
    giveAll(classHeld, popAll(stack.heap, classHeld));
  }

  @Test
  void blocksMayBeOverwrittenBeforeTheyComeAndAfterTheyWent() {
    int sizeClass = classHeld;
    int most = refuses() ? 1000 : SOME;
    for (int round = 0; round < 3; round++) {
      List<Integer> pushed = new ArrayList<>();
      int block = stack.take(sizeClass);
      stack.memory.putLong(block, 0, -1);
      while (pushed.size() < most && cache.push(stack.heap, sizeClass, block)) {
        pushed.add(block);
        block = stack.take(sizeClass);
        stack.memory.putLong(block, 0, -1);
      }
      stack.give(sizeClass, block);
      List<Integer> popped = new ArrayList<>();
      for (int next = cache.pop(stack.heap, sizeClass);
          next != 0;
          next = cache.pop(stack.heap, sizeClass)) {
        stack.memory.putLong(next, 0, -1);
        popped.add(next);
      }
      assertEquals(Set.copyOf(pushed), Set.copyOf(popped));
      giveAll(sizeClass, popped);
    }
  }

  @Test
  void neitherReadsNorWritesBeyondTheBlock() {
    int sizeClass = classHeld;
    int bytes = stack.classes.bytes(sizeClass);
    List<Integer> blocks = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      blocks.add(stack.take(sizeClass));
    }
    blocks.sort(Integer::compareUnsigned);
    // Every second block goes in; the others hold a pattern that must stay.
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      int block = blocks.get(i);
      if (i % 2 == 0 && cache.push(stack.heap, sizeClass, block)) {
        held.add(block);
      } else {
        setPattern(block, bytes);
      }
    }
    popAll(stack.heap, sizeClass);
    for (int block : blocks) {
      if (!held.contains(block)) {
        assertPattern(block, bytes);
      }
    }
    giveAll(sizeClass, blocks);
  }

  private void setPattern(int block, int bytes) {
    for (int i = 0; i < bytes; i += Memory.UNIT_BYTES) {
      stack.memory.putLong(block, i, block * 31L + i);
    }
  }

  private void assertPattern(int block, int bytes) {
    for (int i = 0; i < bytes; i += Memory.UNIT_BYTES) {
      assertEquals(block * 31L + i, stack.memory.getLong(block, i), "a neighbour's content");
    }
  }

  @Test
  void trimEmptiesIt() {
    for (int sizeClass : someClasses()) {
      fill(stack.heap, sizeClass);
    }
    stack.allocator.trim();
    for (int sizeClass : someClasses()) {
      assertEquals(0, cache.blockCount(stack.heap, sizeClass));
    }
    assertEquals(0, HeapWalker.check(stack.allocator).liveBlocks());
  }

  @Test
  void aCachedBlockCountsAsUsed() {
    List<Integer> held = fill(stack.heap, classHeld);
    HeapReport report = HeapWalker.check(stack.allocator);
    assertEquals(held.size(), report.cachedBlocks());
    assertEquals(0, report.liveBlocks());
    assertEquals(
        (long) held.size() * stack.classes.bytes(classHeld), stack.allocator.stats().cachedBytes());
    giveAll(classHeld, popAll(stack.heap, classHeld));
  }

  @Test
  void mallocAfterFreeComesFromTheCache() {
    long address = stack.allocator.malloc(sizeHeld());
    long used = stack.allocator.stats().cachedBytes();
    stack.allocator.free(address);
    long cached = stack.allocator.stats().cachedBytes();
    if (holdsBlocks()) {
      assertNotEquals(used, cached, "the freed block is not in the cache");
    }
    stack.allocator.malloc(sizeHeld());
    assertEquals(used, stack.allocator.stats().cachedBytes());
  }

  @Test
  void worksBehindAndInFrontOfASecondOne() {
    playIn(withCaches(List.of(box(), box() + "#2")));
  }
}
