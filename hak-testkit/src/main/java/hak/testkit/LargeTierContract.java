package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.inside.RawAccess;
import hak.core.profile.Profile;
import hak.core.spi.LargeTier;
import hak.core.spi.LargeTierProvider;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link LargeTier}: blocks are aligned and do not overlap, a release gives all of
 * a block back, an address that is none of its blocks changes nothing, and neither does a refusal.
 *
 * <p>The tier stands behind the size tiers there are and is called directly.
 */
public abstract class LargeTierContract extends BoxContract<LargeTierProvider> {
  private static final long MIN_ALIGNMENT = 16;

  /** What any tier can align to; beyond, a tier may leave the request to the next one. */
  private static final long COMMON_ALIGNMENT = 64 << 10;

  private static final MemorySegment MEMORY = RawAccess.everything();

  private FailingVirtualMemory system;
  private OpenStack stack;
  private LargeTier tier;

  /** For subclasses. */
  protected LargeTierContract() {
    super(LargeTierProvider.class);
  }

  @Override
  final Profile profile() {
    List<String> tiers = new ArrayList<>(sizeTiers());
    tiers.add(box());
    return stackOf(tiers);
  }

  @BeforeEach
  void openStack() {
    system = new FailingVirtualMemory();
    stack = new OpenStack(profile(), system);
    tier = stack.view.largeTiers().getFirst();
  }

  @AfterEach
  void walkAndClose() {
    system.succeed();
    HeapWalker.check(stack.allocator);
    system.assertSound();
    stack.close();
  }

  /** Sizes from the smallest to what the tier serves, but no more than a test should map. */
  private long[] someSizes() {
    long largest = Math.min(tier.largestBytes(), 8 << 20);
    return new long[] {
      1, 4095, 4096, 4097, 65_535, 65_536, 65_537, largest / 2 + 1, largest - 1, largest
    };
  }

  private long take(long size) {
    long address = tier.allocate(size, MIN_ALIGNMENT);
    assertNotEquals(0, address, () -> "no block of " + size + " B");
    return address;
  }

  private HeapReport check(long... live) {
    return HeapWalker.check(stack.allocator, live);
  }

  /** Writes the first and the last byte and one in each page. */
  private static void mark(long address, long size, byte value) {
    for (long i = 0; i < size; i += 4096) {
      MEMORY.set(ValueLayout.JAVA_BYTE, address + i, value);
    }
    MEMORY.set(ValueLayout.JAVA_BYTE, address + size - 1, value);
  }

  private static void assertMarked(long address, long size, byte value) {
    for (long i = 0; i < size; i += 4096) {
      assertEquals(value, MEMORY.get(ValueLayout.JAVA_BYTE, address + i), "at offset " + i);
    }
    assertEquals(value, MEMORY.get(ValueLayout.JAVA_BYTE, address + size - 1), "the last byte");
  }

  @Test
  void isARecord() {
    assertTrue(tier.getClass().isRecord(), "fields of other classes are no constants");
  }

  @Test
  void servesWhatItsProviderSays() {
    long said = provider().largestBytes(OpenStack.settings(provider(), settings()));
    assertEquals(said, tier.largestBytes());
  }

  @Test
  void blocksAreLargeEnoughAlignedAndDoNotOverlap() {
    List<Long> live = new ArrayList<>();
    for (long alignment = MIN_ALIGNMENT; alignment <= COMMON_ALIGNMENT; alignment *= 16) {
      for (long size : someSizes()) {
        long address = tier.allocate(size, alignment);
        assertNotEquals(0, address, size + " B at a multiple of " + alignment);
        assertEquals(0, address % alignment);
        assertTrue(tier.usableSize(address) >= size);
        mark(address, size, (byte) (live.size() + 1));
        live.add(address);
      }
    }
    check(live.stream().mapToLong(Long::longValue).toArray());
    for (int i = 0; i < live.size(); i++) {
      long size = someSizes()[i % someSizes().length];
      assertMarked(live.get(i), size, (byte) (i + 1));
      assertTrue(tier.release(live.get(i)));
    }
    check();
  }

  @Test
  void alignmentBeyondThePageIsServedOrRefusedWithoutATrace() {
    for (long alignment = COMMON_ALIGNMENT * 2; alignment <= 1L << 40; alignment *= 2) {
      takeAligned(alignment); // it may map a range
      long mapped = system.mappedBytes();
      takeAligned(alignment);
      assertEquals(mapped, system.mappedBytes(), "mapped after a release or a refusal");
    }
  }

  private void takeAligned(long alignment) {
    HeapReport before = check();
    long address = tier.allocate(100_000, alignment);
    if (address == 0) {
      assertEquals(before, check());
    } else {
      assertEquals(0, address % alignment);
      assertEquals(alignment, tier.alignment(address));
      mark(address, 100_000, (byte) 1);
      check(address);
      assertTrue(tier.release(address));
    }
  }

  @Test
  void aSmallBlockAtALargeAlignmentIsServedOrRefusedWithoutATrace() {
    for (long alignment = 16 << 10; alignment <= 1L << 30; alignment *= 2) {
      HeapReport before = check();
      long address = tier.allocateSparse(1_000, alignment);
      if (address == 0) {
        assertEquals(before, check());
      } else {
        assertEquals(0, address % alignment);
        assertEquals(alignment, tier.alignment(address));
        assertTrue(tier.usableSize(address) >= 1_000);
        mark(address, 1_000, (byte) 1);
        check(address);
        assertTrue(tier.release(address));
      }
    }
  }

  @Test
  void countsWhatIsLive() {
    long blocks = 0;
    long bytes = 0;
    List<Long> live = new ArrayList<>();
    for (long size : someSizes()) {
      live.add(take(size));
      blocks++;
      bytes += size;
      assertEquals(blocks, tier.liveBlocks());
      assertEquals(bytes, tier.liveBytes());
    }
    for (int i = 0; i < live.size(); i++) {
      assertTrue(tier.release(live.get(i)));
      bytes -= someSizes()[i];
      assertEquals(live.size() - i - 1L, tier.liveBlocks());
      assertEquals(bytes, tier.liveBytes());
    }
    assertEquals(tier.freeBytes(), tier.mappedBytes());
    tier.trim();
    assertEquals(0, tier.mappedBytes(), "mapped or kept after a trim");
  }

  @Test
  void whatIsKeptGoesBackWhenItsTimeIsOver() {
    for (long size : someSizes()) {
      long address = take(size);
      mark(address, size, (byte) 1);
      assertTrue(tier.release(address));
    }
    tier.decay(System.nanoTime() + Long.MAX_VALUE / 4);
    assertEquals(0, tier.freeBytes());
    check();
  }

  @Test
  void anAddressThatIsNoBlockChangesNothing() {
    long block = take(200_000);
    long own = stack.allocator.malloc(100);
    long released = take(100_000);
    assertTrue(tier.release(released));
    HeapReport before = check(block, own);
    long[] wrong = {
      0,
      1,
      16,
      -1,
      -16,
      Long.MIN_VALUE,
      Long.MAX_VALUE,
      block + 1,
      block + 16,
      block + 4096,
      block + 65_536,
      block - 16,
      block - 65_536,
      own,
      stack.memory.base(),
      released
    };
    for (long address : wrong) {
      assertFalse(tier.release(address), () -> String.format("released 0x%x", address));
      assertEquals(0, tier.usableSize(address), () -> String.format("usable 0x%x", address));
      assertFalse(tier.resize(address, 100_000), () -> String.format("resized 0x%x", address));
      assertEquals(before, check(block, own));
    }
    assertTrue(tier.release(block));
    assertFalse(tier.release(block), "released twice");
    stack.allocator.free(own);
  }

  /** The longer one may lie over their beginnings. */
  @Test
  void blocksThatWereReleasedAreNoneInALongerOne() {
    List<Long> released =
        LongStream.generate(() -> take(100_000)).limit(8).boxed().collect(Collectors.toList());
    released.forEach(block -> assertTrue(tier.release(block)));
    long longer = take(700_000);
    released.remove(longer);
    HeapReport before = check(longer);
    for (long address : released) {
      assertFalse(tier.release(address), () -> String.format("released 0x%x", address));
      assertEquals(0, tier.usableSize(address), () -> String.format("usable 0x%x", address));
      assertEquals(before, check(longer));
    }
    assertTrue(tier.release(longer));
  }

  @Test
  void resizingKeepsContentAndNeighboursOrChangesNothing() {
    SplittableRandom random = new SplittableRandom(8);
    long largest = Math.min(tier.largestBytes(), 2 << 20);
    long size = 150_000;
    long address = take(size);
    long neighbour = take(150_000);
    mark(neighbour, 150_000, (byte) 7);
    for (int i = 0; i < 200; i++) {
      mark(address, size, (byte) i);
      long newSize = 1 + random.nextLong(largest);
      long usable = tier.usableSize(address);
      if (tier.resize(address, newSize)) {
        assertTrue(tier.usableSize(address) >= newSize);
        assertEquals(newSize + 150_000, tier.liveBytes());
        assertMarkedStart(address, Math.min(size, newSize), (byte) i);
        size = newSize;
      } else {
        assertEquals(usable, tier.usableSize(address));
        assertEquals(size + 150_000, tier.liveBytes());
        assertMarked(address, size, (byte) i);
      }
      check(address, neighbour);
    }
    assertFalse(tier.resize(address, Long.MAX_VALUE));
    assertMarked(neighbour, 150_000, (byte) 7);
    assertTrue(tier.release(address));
    assertTrue(tier.release(neighbour));
  }

  @Test
  void aBlockThatGrowsHasRoomOrMovesWithItsContentAndNeighboursKeepTheirs() {
    SplittableRandom random = new SplittableRandom(9);
    long largest = Math.min(tier.largestBytes(), 6 << 20);
    long[] addresses = new long[8];
    long[] sizes = new long[8];
    for (int i = 0; i < 1_000; i++) {
      int slot = random.nextInt(addresses.length);
      long newSize = 1 + random.nextLong(largest);
      if (addresses[slot] != 0 && random.nextInt(4) == 0) {
        assertMarked(addresses[slot], sizes[slot], (byte) (slot + 1));
        assertTrue(tier.release(addresses[slot]));
        addresses[slot] = 0;
        continue;
      }
      if (addresses[slot] == 0 || !tier.resize(addresses[slot], newSize)) {
        long moved = tier.allocateToGrow(newSize, MIN_ALIGNMENT);
        assertNotEquals(0, moved);
        if (addresses[slot] != 0) {
          assertMarked(addresses[slot], sizes[slot], (byte) (slot + 1));
          assertTrue(tier.release(addresses[slot]));
        }
        addresses[slot] = moved;
      } else {
        assertMarkedStart(addresses[slot], Math.min(sizes[slot], newSize), (byte) (slot + 1));
      }
      sizes[slot] = newSize;
      mark(addresses[slot], newSize, (byte) (slot + 1));
      if (i % 50 == 0) {
        check(Arrays.stream(addresses).filter(address -> address != 0).toArray());
      }
    }
    for (int slot = 0; slot < addresses.length; slot++) {
      if (addresses[slot] != 0) {
        assertMarked(addresses[slot], sizes[slot], (byte) (slot + 1));
        assertTrue(tier.release(addresses[slot]));
      }
    }
    assertEquals(0, tier.liveBytes());
  }

  private static void assertMarkedStart(long address, long size, byte value) {
    for (long i = 0; i < size; i += 4096) {
      assertEquals(value, MEMORY.get(ValueLayout.JAVA_BYTE, address + i), "at offset " + i);
    }
  }

  @Test
  void blocksSaidToBeZeroAreZeroAlsoWhenUsedAgain() {
    for (int round = 0; round < 5; round++) {
      for (long size : someSizes()) {
        long address = round % 2 == 0 ? take(size) : tier.allocateToGrow(size, MIN_ALIGNMENT);
        if (tier.comesZeroed(address)) {
          assertMarked(address, size, (byte) 0);
        }
        mark(address, size, (byte) -1);
        tier.resize(address, size / 2 + 1);
        assertTrue(tier.release(address));
      }
      if (round == 3) {
        tier.trim();
      }
    }
  }

  @Test
  void callocIsZeroAlsoWhenMemoryIsUsedAgain() {
    CheckedUser user = new CheckedUser(stack.allocator, 1);
    for (int round = 0; round < 3; round++) {
      for (long size : someSizes()) {
        user.calloc(1, size);
      }
      user.freeAll();
    }
  }

  @Test
  void releasedMemoryIsUsedAgainOrGivenBack() {
    long size = Math.min(tier.largestBytes(), 1 << 20);
    assertTrue(tier.release(take(size)));
    long committed = stack.allocator.stats().committedBytes();
    for (int i = 0; i < 500; i++) {
      assertTrue(tier.release(take(size)));
    }
    assertEquals(committed, stack.allocator.stats().committedBytes());
  }

  @Test
  void whenTheSystemRefusesMemoryNothingChangesAndLaterItWorks() {
    long size = Math.min(tier.largestBytes(), 1 << 20);
    List<Long> live = new ArrayList<>();
    system.failFrom(1);
    for (long address = tier.allocate(size, MIN_ALIGNMENT);
        address != 0;
        address = tier.allocate(size, MIN_ALIGNMENT)) {
      live.add(address);
    }
    long[] addresses = live.stream().mapToLong(Long::longValue).toArray();
    HeapReport full = check(addresses);
    assertEquals(0, tier.allocate(size, MIN_ALIGNMENT));
    assertEquals(full, check(addresses));
    system.succeed();
    live.add(take(size));
    for (long address : live) {
      assertTrue(tier.release(address));
    }
    assertEquals(0, check().liveBlocks());
  }

  @Test
  void aReleaseThatTheSystemRefusesLosesNothing() {
    long size = Math.min(tier.largestBytes(), 4 << 20);
    long address = take(size);
    long mapped = system.mappedBytes();
    system.failFrom(1);
    assertTrue(tier.release(address));
    assertEquals(0, check().liveBlocks());
    system.succeed();
    stack.allocator.trim();
    assertTrue(system.mappedBytes() <= mapped, "mapped after the trim");
    long again = take(size);
    assertTrue(tier.release(again));
    assertTrue(system.mappedBytes() <= mapped, "mapped after a second block");
  }

  @Test
  void twoThreadsAtOnceGetDifferentBlocks() throws InterruptedException {
    long largest = Math.min(tier.largestBytes(), 3 << 20);
    CheckedUser[] users = new CheckedUser[2];
    Thread[] threads = new Thread[2];
    List<Throwable> thrown = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      CheckedUser user = new CheckedUser(stack.allocator, i);
      SplittableRandom random = new SplittableRandom(i);
      users[i] = user;
      threads[i] =
          new Thread(
              () -> user.play(random, 2_000, from -> 32_769 + from.nextLong(largest - 32_768)));
      threads[i].setUncaughtExceptionHandler((t, e) -> thrown.add(e));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), thrown);
    check(Arrays.stream(users).flatMapToLong(user -> Arrays.stream(user.addresses())).toArray());
    for (CheckedUser user : users) {
      user.freeAll();
    }
    check();
  }
}
