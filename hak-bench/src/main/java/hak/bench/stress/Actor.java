package hak.bench.stress;

import hak.bench.verify.Pattern;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.StackDescription;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thread's part of a round: mixes operations at random, and checks the content of every block
 * at free, at realloc and now and then. What it holds when it ends others free.
 */
final class Actor {
  /** Blocks that one thread holds at most; on a region that shall run full, far more. */
  private static final int MOST_BLOCKS = 1_000;

  private static final int MOST_BLOCKS_OF_FULL = 50_000;

  /** Blocks of a closed stack that are read once more. */
  private static final int READ_AFTER_CLOSE = 16;

  private static final int ORPHANS_AT_ONCE = 16;

  /** An address that no stack gave: free of it is refused or ignored. */
  private static final MemorySegment FOREIGN = Arena.global().allocate(64, 16);

  private final Stage stage;
  private final HakAllocator allocator;
  private final SplittableRandom random;
  private final ArenaUser arenas;
  private final List<Block> blocks = new ArrayList<>();
  private final int mostBlocks;
  private Pulse pulse;
  private Operation latest;

  Actor(Stage stage, long seed) {
    this.stage = stage;
    allocator = stage.allocator;
    random = new SplittableRandom(seed);
    arenas = new ArenaUser(stage, random, this::actOnce);
    mostBlocks = stage.kind == RoundKind.FULL ? MOST_BLOCKS_OF_FULL : MOST_BLOCKS;
  }

  /**
   * Acts until the round stops, at most {@code most} times. What must not happen is told to the
   * stage; nothing is thrown.
   */
  void run(long most) {
    pulse = stage.watchdog.watch();
    try {
      for (long i = 0; i < most && !stage.isStopping(); i++) {
        act();
      }
    } catch (IllegalStateException e) {
      endByClose(e);
    } catch (Throwable e) {
      stage.fail(e);
    } finally {
      stage.orphans.addAll(blocks);
      stage.watchdog.unwatch(pulse);
      Reference.reachabilityFence(allocator); // addresses do not keep their memory mapped
    }
  }

  /** One operation. No memory is no failure where the region runs full. */
  private void act() {
    boolean wasClosed = stage.isClosed();
    try {
      if (actOnce() && wasClosed) {
        throw new StressException("after close an operation did not throw: " + latest);
      }
    } catch (OutOfMemoryError e) {
      if (stage.kind != RoundKind.FULL || !isOfStack(e)) {
        throw e;
      }
      stage.tally.outOfMemory.increment();
      for (int i = blocks.size() / 2; i > 0; i--) {
        free(false);
      }
    }
  }

  private static boolean isOfStack(OutOfMemoryError error) {
    return error.getMessage() != null && error.getMessage().startsWith("allocator '");
  }

  private void endByClose(IllegalStateException thrown) {
    if (!stage.isClosing()) {
      stage.fail(thrown);
      return;
    }
    stage.tally.endedByClose.increment();
    try {
      for (int i = 0; i < READ_AFTER_CLOSE && !blocks.isEmpty(); i++) {
        check(blocks.get(random.nextInt(blocks.size())));
      }
      arenas.readAfterClose();
    } catch (Throwable e) {
      stage.fail(e);
    }
  }

  /** One operation; whether it was one that must throw when the stack is closed. */
  private boolean actOnce() {
    pulse.beat();
    if (random.nextInt(1000) < stage.wholePermille) {
      return ofWholeStack();
    }
    int choice = random.nextInt(1000);
    if (blocks.size() >= mostBlocks || (choice < 330 && stage.kind != RoundKind.FULL)) {
      return free(choice % 2 == 0);
    }
    if (choice < 180) {
      return free(choice % 2 == 0);
    }
    if (choice < 640) {
      return malloc();
    }
    if (choice < 680) {
      return aligned();
    }
    if (choice < 740) {
      return calloc();
    }
    if (choice < 800) {
      return realloc();
    }
    if (choice < 820) {
      return usableSize();
    }
    if (choice < 870) {
      return checkOne();
    }
    if (choice < 920) {
      return exchange();
    }
    if (choice < 940) {
      return freeOrphans();
    }
    if (choice < 970) {
      return segment();
    }
    Operation arena = choice < 983 ? Operation.CONFINED_ARENA : Operation.SHARED_ARENA;
    count(arena);
    return arena == Operation.CONFINED_ARENA ? arenas.confined() : arenas.shared();
  }

  /** What concerns more than a block. */
  private boolean ofWholeStack() {
    switch (random.nextInt(8)) {
      case 0 -> {
        count(Operation.RELEASE_THREAD_HEAP);
        allocator.releaseThreadHeap();
      }
      case 1 -> freeForeign();
      case 2 -> {
        count(Operation.STATS);
        requireSensible(allocator.stats());
      }
      case 3 -> {
        count(Operation.COUNTS);
        allocator.counts();
      }
      case 4 -> {
        count(Operation.DESCRIBE);
        requireSensible(allocator.describe());
      }
      default -> {
        count(Operation.TRIM);
        allocator.trim();
      }
    }
    return true;
  }

  private static void requireSensible(Ledger ledger) {
    if (ledger.committedBytes() <= 0) {
      throw new StressException("nothing is committed: " + ledger);
    }
  }

  private static void requireSensible(StackDescription description) {
    if (description.toString().isEmpty()) {
      throw new StressException("the description is empty");
    }
  }

  private boolean malloc() {
    long size = Sizes.next(random);
    if (!stage.budget.take(size)) {
      return free(false);
    }
    count(Operation.MALLOC);
    long address;
    try {
      address = allocator.malloc(size);
    } catch (OutOfMemoryError e) {
      stage.budget.give(size);
      throw e;
    }
    takeIn(address, size, size <= 8 ? 8 : HakAllocator.MIN_ALIGNMENT, null);
    return true;
  }

  private boolean aligned() {
    long size = Sizes.next(random);
    long alignment = Sizes.alignment(random);
    if (!stage.budget.take(size)) {
      return free(false);
    }
    count(Operation.ALIGNED);
    long address;
    try {
      address = allocator.malloc(size, alignment);
    } catch (OutOfMemoryError e) {
      stage.budget.give(size);
      throw e;
    }
    takeIn(address, size, alignment, null);
    return true;
  }

  private boolean calloc() {
    long count = 1L + random.nextInt(8);
    long each = Sizes.next(random) / 8;
    long size = count * each;
    if (!stage.budget.take(size)) {
      return free(false);
    }
    count(Operation.CALLOC);
    long address;
    try {
      address = allocator.calloc(count, each);
    } catch (OutOfMemoryError e) {
      stage.budget.give(size);
      throw e;
    }
    long wrong = Pattern.nonZero(address, size);
    if (wrong != Pattern.NONE) {
      throw new StressException(
          String.format("calloc of %,d B at 0x%x: byte %,d is not zero", size, address, wrong));
    }
    takeIn(address, size, size <= 8 ? 8 : HakAllocator.MIN_ALIGNMENT, null);
    return true;
  }

  private boolean segment() {
    long size = Sizes.next(random);
    long alignment = Sizes.alignment(random);
    if (!stage.budget.take(size)) {
      return free(false);
    }
    count(Operation.SEGMENT);
    MemorySegment segment;
    try {
      segment = allocator.allocate(size, alignment);
    } catch (OutOfMemoryError e) {
      stage.budget.give(size);
      throw e;
    }
    if (segment.byteSize() != size || !segment.scope().isAlive()) {
      throw new StressException("a segment of " + size + " B is " + segment);
    }
    takeIn(segment.address(), size, alignment, segment);
    return true;
  }

  private void takeIn(long address, long size, long alignment, MemorySegment segment) {
    Block block = new Block(address, size, random.nextLong(), segment);
    if (address == 0 || (address & (alignment - 1)) != 0) {
      throw new StressException(block + " is not at a multiple of " + alignment);
    }
    Contents.fill(address, size, block.seed());
    blocks.add(block);
  }

  private boolean realloc() {
    if (blocks.isEmpty()) {
      return malloc();
    }
    int index = random.nextInt(blocks.size());
    Block old = blocks.get(index);
    long size = Sizes.next(random);
    if (old.segment() != null || !stage.budget.take(size)) {
      return false;
    }
    check(old);
    count(Operation.REALLOC);
    long address;
    try {
      address = allocator.realloc(old.address(), size);
    } catch (OutOfMemoryError e) {
      stage.budget.give(size);
      check(old);
      throw e;
    }
    remove(index);
    stage.budget.give(old.size());
    check(new Block(address, old.size(), old.seed(), null), Math.min(old.size(), size));
    takeIn(address, size, size <= 8 ? 8 : HakAllocator.MIN_ALIGNMENT, null);
    return true;
  }

  private boolean free(boolean sized) {
    if (blocks.isEmpty()) {
      return false;
    }
    Block block = remove(random.nextInt(blocks.size()));
    Operation operation =
        block.segment() != null
            ? Operation.FREE_SEGMENT
            : sized ? Operation.FREE_SIZED : Operation.FREE;
    return free(block, operation);
  }

  private boolean free(Block block, Operation operation) {
    check(block);
    count(operation);
    if (block.segment() != null) {
      allocator.free(block.segment());
    } else if (operation == Operation.FREE_SIZED) {
      allocator.free(block.address(), block.size());
    } else {
      allocator.free(block.address());
    }
    stage.budget.give(block.size());
    return true;
  }

  /** Frees some of what the dead left: more than one, for many die. */
  private boolean freeOrphans() {
    boolean called = false;
    for (int i = 0; i < ORPHANS_AT_ONCE; i++) {
      Block block = stage.orphans.poll();
      called |= block != null && free(block, Operation.FREE_OF_ANOTHER);
    }
    return called;
  }

  /** Leaves a block to whoever comes next, and frees what somebody else left. */
  private boolean exchange() {
    if (blocks.isEmpty()) {
      return false;
    }
    count(Operation.EXCHANGE);
    Block mine = remove(random.nextInt(blocks.size()));
    Block other = stage.exchange.getAndSet(random.nextInt(stage.exchange.length()), mine);
    if (other == null) {
      return false;
    }
    if (random.nextInt(4) == 0) {
      check(other);
      blocks.add(other);
      return false;
    }
    return free(other, Operation.FREE_OF_ANOTHER);
  }

  private void freeForeign() {
    count(Operation.FOREIGN_FREE);
    try {
      allocator.free(FOREIGN.address() + 16L * random.nextInt(4));
      if (!stage.isGuarded) {
        throw new StressException("without a guard the free of a foreign address was accepted");
      }
    } catch (IllegalArgumentException e) {
      if (stage.isGuarded) {
        throw e;
      }
    }
  }

  private boolean usableSize() {
    if (blocks.isEmpty()) {
      return false;
    }
    count(Operation.USABLE_SIZE);
    Block block = blocks.get(random.nextInt(blocks.size()));
    long usable = allocator.usableSize(block.address());
    if (usable < block.size()) {
      throw new StressException(block + " has only " + usable + " B usable");
    }
    return true;
  }

  private boolean checkOne() {
    if (!blocks.isEmpty()) {
      count(Operation.CHECK);
      check(blocks.get(random.nextInt(blocks.size())));
    }
    return false;
  }

  private void check(Block block) {
    check(block, block.size());
  }

  private void check(Block block, long kept) {
    stage.check(block, kept);
  }

  private Block remove(int index) {
    Block block = blocks.get(index);
    Block last = blocks.removeLast();
    if (index < blocks.size()) {
      blocks.set(index, last);
    }
    return block;
  }

  private void count(Operation operation) {
    latest = operation;
    stage.tally.count(operation);
  }
}
