package hak.bench.stress;

import hak.bench.verify.Pattern;
import hak.core.HakAllocator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The stack of a round and what its threads share: blocks and arenas on their way from one to
 * another, and how far the round is.
 */
final class Stage {
  private static final int EXCHANGE_SLOTS = 64;
  private static final int ARENA_SLOTS = 8;

  final HakAllocator allocator;
  final RoundKind kind;
  final boolean isGuarded;
  final Budget budget;

  /** So many of a thousand operations are trims and others that concern the whole stack. */
  final int wholePermille;

  final Watchdog watchdog;
  final Tally tally;

  /** Where threads swap blocks. */
  final AtomicReferenceArray<Block> exchange = new AtomicReferenceArray<>(EXCHANGE_SLOTS);

  /** Arenas that any thread uses and closes. */
  final AtomicReferenceArray<OpenArena> sharedArenas = new AtomicReferenceArray<>(ARENA_SLOTS);

  /** Blocks whose threads are dead. */
  final Queue<Block> orphans = new ConcurrentLinkedQueue<>();

  /** Confined arenas whose threads died without closing them: nobody else may. */
  final Queue<OpenArena> leftOpen = new ConcurrentLinkedQueue<>();

  final Queue<ThreadFailure> failures = new ConcurrentLinkedQueue<>();

  private final AtomicInteger closers = new AtomicInteger(1);
  private volatile boolean stopping;
  private volatile boolean closing;
  private volatile boolean closed;

  /** What a thread threw that it must not throw. */
  record ThreadFailure(String thread, Throwable thrown) {}

  Stage(
      HakAllocator allocator,
      RoundKind kind,
      boolean isGuarded,
      long memoryBytes,
      int wholePermille,
      Watchdog watchdog,
      Tally tally) {
    this.allocator = allocator;
    this.kind = kind;
    this.isGuarded = isGuarded;
    this.budget = new Budget(memoryBytes);
    this.wholePermille = wholePermille;
    this.watchdog = watchdog;
    this.tally = tally;
  }

  /** Whether a zero that was just read may come from a close. */
  private boolean isDropped() {
    VarHandle.loadLoadFence(); // a volatile read alone may be done before the plain one
    return closing;
  }

  /** Tells all threads to end. */
  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** Says that so many threads will close the stack. */
  void announceClosers(int count) {
    closers.set(count);
  }

  /** Closes the stack; each announced thread does once. */
  void close() {
    closing = true;
    allocator.close();
    if (closers.decrementAndGet() == 0) {
      closed = true;
    }
  }

  /** Whether a close has begun: from now on calls may throw IllegalStateException. */
  boolean isClosing() {
    return closing;
  }

  /** Whether all closes have ended: from now on they must. */
  boolean isClosed() {
    return closed;
  }

  /** Remembers what the running thread threw and ends the round. */
  void fail(Throwable thrown) {
    failures.add(new ThreadFailure(Thread.currentThread().getName(), thrown));
    stop();
  }

  /**
   * Checks the first {@code kept} bytes of a block.
   *
   * @throws StressException if they are not as they were written; when a close has begun, zeros are
   *     right too
   */
  void check(Block block, long kept) {
    long wrong = Contents.difference(block.address(), block.size(), block.seed(), kept);
    if (wrong == Pattern.NONE) {
      return;
    }
    byte found = Pattern.byteAt(block.address() + wrong);
    if (found != 0 || !isDropped()) {
      throw new StressException(
          String.format("%s: byte %,d is 0x%02x and not what was written", block, wrong, found));
    }
  }

  /**
   * Checks the segments of an arena that nobody closes meanwhile.
   *
   * @throws StressException as {@link #check(Block, long)}
   * @throws IllegalStateException if the arena is closed
   */
  void check(OpenArena open) {
    for (MemorySegment segment : open.segments) {
      byte fill = OpenArena.fillOf(segment);
      for (long at = 0; at < segment.byteSize(); at++) {
        byte found = segment.get(ValueLayout.JAVA_BYTE, at);
        if (found != fill && (found != 0 || !isDropped())) {
          throw new StressException(
              String.format("%s of an arena: byte %,d is 0x%02x", segment, at, found));
        }
      }
    }
  }

  /** All blocks that are nobody's when all threads have ended; they are handed over. */
  List<Block> takeBlocks() {
    List<Block> blocks = new ArrayList<>(orphans);
    orphans.clear();
    for (int i = 0; i < exchange.length(); i++) {
      Block block = exchange.getAndSet(i, null);
      if (block != null) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  /** The shared arenas that are open when all threads have ended; they are handed over. */
  List<OpenArena> takeArenas() {
    List<OpenArena> arenas = new ArrayList<>();
    for (int i = 0; i < sharedArenas.length(); i++) {
      OpenArena arena = sharedArenas.getAndSet(i, null);
      if (arena != null) {
        arenas.add(arena);
      }
    }
    return arenas;
  }
}
