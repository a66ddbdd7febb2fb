package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.AllocationSite;
import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.core.profile.Profile;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapWalker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What an {@link Operation} works on: an allocator, the blocks that the test has of it, and a
 * neighbour, a thread that uses the same allocator.
 *
 * <p>For one thread at a time. What a call takes and gives are fields, because where the Java heap
 * ends there is no object for it.
 */
final class Subject {
  /** No helper needs as long; a lock that stays held for ever does. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int MOST_BLOCKS = 60;
  private static final long NEIGHBOUR_STACK_BYTES = 1 << 20;
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final MemorySegment MEMORY = RawAccess.everything();

  final EndScope scope;
  final Profile profile;
  final FailingVirtualMemory system = new FailingVirtualMemory();
  final HakAllocator allocator;
  final AllocationSite site;
  final SplittableRandom random;

  /** The block that a call is given. */
  long block;

  /** The block that a call gives. */
  long result;

  MemorySegment segment;
  Arena arena;
  Object answer;

  /** A stack that is opened for one call. */
  HakAllocator other;

  final FailingVirtualMemory systemOfOther = new FailingVirtualMemory();

  private final TreeMap<Long, Long> sizeOfBlock = new TreeMap<>();
  private final ExecutorService neighbour;

  Subject(EndScope scope, Profile profile, long seed) {
    this.scope = scope;
    this.profile = profile;
    random = new SplittableRandom(seed);
    allocator = system.open(profile);
    site = allocator.site(TestStack.SITE);
    neighbour =
        Executors.newSingleThreadExecutor(work -> {
          Thread thread = new Thread(null, work, "neighbour", NEIGHBOUR_STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Takes a block in: checks that it is nobody else's and writes at both ends of it. */
  void take(long block, long size) {
    assertNotEquals(0, block);
    assertTrue(allocator.usableSize(block) >= size);
    Map.Entry<Long, Long> below = sizeOfBlock.floorEntry(block + Math.max(size, 1) - 1);
    if (below != null && below.getKey() + Math.max(below.getValue(), 1) > block) {
      throw new AssertionError(
          String.format("0x%x overlaps 0x%x of %d B", block, below.getKey(), below.getValue()));
    }
    sizeOfBlock.put(block, size);
    if (size >= Long.BYTES) {
      MEMORY.set(WORD, block, ~block);
      MEMORY.set(WORD, block + size - Long.BYTES, ~block);
    }
  }

  /** Checks that a block is untouched. */
  void requireIntact(long block) {
    long size = sizeOfBlock.get(block);
    assertTrue(allocator.usableSize(block) >= size); // and mapped, so that it can be read
    requirePattern(block, block);
    requireEnd(block, size);
  }

  /**
   * Checks that a block is still the user's after a free of it that threw. The content of a small
   * one is given up then: the link of a list may stand at its begin.
   */
  void requireHeld(long block) {
    long size = sizeOfBlock.get(block);
    assertTrue(allocator.usableSize(block) >= size);
    requireEnd(block, size);
  }

  private static void requireEnd(long block, long size) {
    if (size >= Long.BYTES) {
      assertEquals(~block, MEMORY.get(WORD, block + size - Long.BYTES), "the end of the block");
    }
  }

  /** Checks that a block begins with what was written into {@code written}. */
  private void requirePattern(long block, long written) {
    if (sizeOfBlock.get(written) >= Long.BYTES) {
      assertEquals(~written, MEMORY.get(WORD, block), "the begin of the block");
    }
  }

  /** Forgets a block that was freed. */
  void given(long block) {
    sizeOfBlock.remove(block);
  }

  /** Takes note that a block has moved or has another size now. */
  void moved(long from, long to, long newSize) {
    requirePattern(to, from);
    given(from);
    take(to, newSize);
  }

  /** A block that this thread allocates now. */
  long own(long size) {
    long block = allocator.malloc(size);
    take(block, size);
    return block;
  }

  /** A block of another thread, which lives. */
  long ofNeighbour(long size) throws Exception {
    long[] block = new long[1];
    inNeighbour(() -> block[0] = allocator.malloc(size));
    take(block[0], size);
    return block[0];
  }

  /** A block of a thread that is dead. */
  long ofDeadThread(long size) throws Exception {
    long[] block = new long[1];
    Watchdog.within(
        PATIENCE,
        () -> {
          block[0] = allocator.malloc(size);
          allocator.free(allocator.malloc(size));
        });
    take(block[0], size);
    return block[0];
  }

  /** Opens {@link #other}. */
  void openOther() {
    other = systemOfOther.open(profile);
  }

  /** Runs work in the neighbour and waits for its end. */
  void inNeighbour(Runnable work) throws Exception {
    try {
      neighbour.submit(work).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the neighbour failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the neighbour hangs:\n" + Watchdog.allStacks(), e);
    }
  }

  /** Frees a block with room. */
  void free(long block) {
    requireIntact(block);
    allocator.free(block);
    given(block);
  }

  /** Frees a half of the blocks when there are many, some of them by the neighbour. */
  void thinOut() throws Exception {
    if (sizeOfBlock.size() > MOST_BLOCKS) {
      List<Long> blocks = new ArrayList<>(sizeOfBlock.keySet());
      blocks.removeIf(block -> random.nextBoolean());
      List<Long> remote = new ArrayList<>(blocks);
      remote.removeIf(block -> random.nextBoolean());
      blocks.removeAll(remote);
      blocks.forEach(this::free);
      inNeighbour(() -> remote.forEach(this::free));
    }
  }

  /** Checks every block: where it is, and that what is live is what the test has. */
  void walk() {
    HeapWalker.check(allocator, sizeOfBlock.keySet().stream().mapToLong(Long::longValue).toArray());
    sizeOfBlock.keySet().forEach(this::requireIntact);
  }

  /** How many blocks are live that the test did not take in: those of the one arena. */
  long blocksOfArena() {
    return allocator.stats().liveBlocks() - sizeOfBlock.size();
  }

  /** Checks that no lock is held: another thread goes through all tiers and the upkeep. */
  void requireWorking() throws Exception {
    Watchdog.within(
        PATIENCE,
        () -> {
          List<Long> blocks = new ArrayList<>();
          for (long size : Operations.SIZES) {
            for (int i = 0; i < 3; i++) {
              blocks.add(allocator.malloc(size));
            }
          }
          blocks.forEach(allocator::free);
          allocator.trim();
          allocator.stats();
          allocator.releaseThreadHeap();
        });
    Watchdog.within(
        PATIENCE,
        Thread.ofVirtual(),
        List.of(() -> allocator.free(allocator.malloc(Operations.SIZES[0]))));
  }

  /**
   * Frees everything, closes the allocator and ends the neighbour; nothing must stay mapped once
   * the caller has dropped this subject.
   */
  FailingVirtualMemory close() throws Exception {
    List.copyOf(sizeOfBlock.keySet()).forEach(this::free);
    walk();
    abandon();
    Watchdog.within(PATIENCE, allocator::close);
    return system;
  }

  /** Ends the neighbour and leaves the allocator as it is, which may be damaged. */
  void abandon() {
    neighbour.shutdown();
  }
}
