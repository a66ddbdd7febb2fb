package hak.bench.stress.stage;

import hak.bench.stress.check.Contents;
import hak.bench.stress.check.StressException;
import hak.bench.stress.plan.RoundPlan;
import hak.bench.stress.report.StressReport;
import hak.bench.stress.report.Tally;
import hak.bench.stress.watch.Watchdog;
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
 *
 * <p>A racing round goes through {@code open -> closing -> closed}. Closing begins before the first
 * call of close, closed after the return of the last. Between the two a call of another thread may
 * throw IllegalStateException, and may not; afterwards it must. From closing on a block holds zeros
 * in place of what was written, page by page.
 */
public final class Stage {
  private static final int EXCHANGE_SLOTS = 64;
  private static final int ARENA_SLOTS = 8;

  private final RoundPlan round;
  private final HakAllocator allocator;
  private final Budget budget;
  private final int ofTheStackPermille;
  private final Watchdog watchdog;
  private final Tally tally;
  private final AtomicReferenceArray<Block> exchange = new AtomicReferenceArray<>(EXCHANGE_SLOTS);
  private final AtomicReferenceArray<OpenArena> sharedArenas =
      new AtomicReferenceArray<>(ARENA_SLOTS);
  private final Queue<Block> orphans = new ConcurrentLinkedQueue<>();
  private final Queue<OpenArena> leftOpen = new ConcurrentLinkedQueue<>();
  private final Queue<StressReport.Failure> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger closers = new AtomicInteger(1);
  private volatile boolean stopping;
  private volatile boolean closing;
  private volatile boolean closed;

  public Stage(
      RoundPlan round,
      HakAllocator allocator,
      long memoryBytes,
      int ofTheStackPermille,
      Watchdog watchdog,
      Tally tally) {
    this.round = round;
    this.allocator = allocator;
    this.budget = new Budget(memoryBytes);
    this.ofTheStackPermille = ofTheStackPermille;
    this.watchdog = watchdog;
    this.tally = tally;
  }

  public RoundPlan round() {
    return round;
  }

  public HakAllocator allocator() {
    return allocator;
  }

  public Budget budget() {
    return budget;
  }

  /** So many of a thousand operations concern the whole stack, trims above all. */
  public int ofTheStackPermille() {
    return ofTheStackPermille;
  }

  public Watchdog watchdog() {
    return watchdog;
  }

  public Tally tally() {
    return tally;
  }

  /** Where threads swap blocks. */
  public AtomicReferenceArray<Block> exchange() {
    return exchange;
  }

  /** Arenas that any thread uses and closes. */
  public AtomicReferenceArray<OpenArena> sharedArenas() {
    return sharedArenas;
  }

  /** Blocks whose threads are dead. */
  public Queue<Block> orphans() {
    return orphans;
  }

  /** Confined arenas whose threads never close them: nobody else may. */
  public Queue<OpenArena> leftOpen() {
    return leftOpen;
  }

  /** What failed so far. */
  public List<StressReport.Failure> failures() {
    return List.copyOf(failures);
  }

  /** Tells all threads to end. */
  public void stop() {
    stopping = true;
  }

  public boolean isStopping() {
    return stopping;
  }

  /** Says how many threads will close the stack; one if nothing is said. */
  public void announceClosers(int count) {
    closers.set(count);
  }

  /** Closes the stack; each announced thread does once. */
  public void close() {
    closing = true;
    allocator.close();
    if (closers.decrementAndGet() == 0) {
      closed = true;
    }
  }

  /** Whether a close has begun. */
  public boolean isClosing() {
    return closing;
  }

  /** Whether all closes have ended. */
  public boolean isClosed() {
    return closed;
  }

  /** Remembers what the running thread threw and ends the round. */
  public void fail(Throwable thrown) {
    failures.add(StressReport.Failure.of(round, Thread.currentThread(), thrown));
    stop();
  }

  /**
   * Checks the first {@code kept} bytes of a block.
   *
   * @throws StressException if they are not as they were written, nor zeros of a close
   */
  public void check(Block block, long kept) {
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
  public void check(OpenArena open) {
    for (MemorySegment segment : open.segments()) {
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

  /** Whether a zero that was just read may come from a close. */
  private boolean isDropped() {
    // The compiler may do a volatile read before a plain one that stands before it, and C2 does.
    VarHandle.loadLoadFence();
    return closing;
  }

  /** All blocks that are nobody's when all threads have ended; they are handed over. */
  public List<Block> takeBlocks() {
    List<Block> blocks = new ArrayList<>(orphans);
    orphans.clear();
    addAll(exchange, blocks);
    return blocks;
  }

  /** The shared arenas that are open when all threads have ended; they are handed over. */
  public List<OpenArena> takeArenas() {
    List<OpenArena> arenas = new ArrayList<>();
    addAll(sharedArenas, arenas);
    return arenas;
  }

  private static <T> void addAll(AtomicReferenceArray<T> slots, List<T> taken) {
    for (int i = 0; i < slots.length(); i++) {
      T each = slots.getAndSet(i, null);
      if (each != null) {
        taken.add(each);
      }
    }
  }
}
