package hak.bench.stress.actors;

import hak.bench.stress.check.Contents;
import hak.bench.stress.check.StressException;
import hak.bench.stress.plan.Operation;
import hak.bench.stress.plan.RoundKind;
import hak.bench.stress.stage.Block;
import hak.bench.stress.stage.Stage;
import hak.bench.verify.Pattern;
import hak.core.HakAllocator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One thread's blocks: every one is filled when it is got and checked when it is freed, changed in
 * size, handed over, and at random.
 *
 * <p>The methods that do an operation return whether they called the allocator in a way that throws
 * when it is closed. A call that throws leaves the books as they were.
 */
final class BlockUser {
  /** Blocks that one thread holds at most; on a region that shall run full, far more. */
  private static final int MOST_BLOCKS = 1_000;

  private static final int MOST_BLOCKS_OF_FULL = 50_000;

  /** Blocks of a closed stack that are read once more. */
  private static final int READ_AFTER_CLOSE = 16;

  private static final int ORPHANS_AT_ONCE = 16;
  private static final int MALLOC_BY_REALLOC_ONE_IN = 16;
  private static final int SEGMENT_BY_ADDRESS_ONE_IN = 8;
  private static final int CALLOC_MOST_COUNT = 8;

  private final Stage stage;
  private final HakAllocator allocator;
  private final SplittableRandom random;
  private final Consumer<Operation> begin;
  private final List<Block> blocks = new ArrayList<>();
  private final int mostBlocks;

  /** {@code begin} is told each operation before it is done. */
  BlockUser(Stage stage, SplittableRandom random, Consumer<Operation> begin) {
    this.stage = stage;
    this.allocator = stage.allocator();
    this.random = random;
    this.begin = begin;
    mostBlocks = stage.round().kind() == RoundKind.FULL ? MOST_BLOCKS_OF_FULL : MOST_BLOCKS;
  }

  boolean malloc() {
    long size = Sizes.next(random);
    boolean byRealloc = random.nextInt(MALLOC_BY_REALLOC_ONE_IN) == 0;
    return take(
        Operation.MALLOC,
        size,
        leastAlignment(size),
        () -> byRealloc ? allocator.realloc(0, size) : allocator.malloc(size));
  }

  boolean aligned() {
    long size = Sizes.next(random);
    long alignment = Sizes.alignment(random);
    return take(Operation.ALIGNED, size, alignment, () -> allocator.malloc(size, alignment));
  }

  boolean calloc() {
    long count = 1L + random.nextInt(CALLOC_MOST_COUNT);
    long each = Sizes.next(random) / CALLOC_MOST_COUNT;
    long size = count * each;
    return take(Operation.CALLOC, size, leastAlignment(size), () -> zeroed(count, each));
  }

  private long zeroed(long count, long each) {
    long address = allocator.calloc(count, each);
    long wrong = Pattern.nonZero(address, count * each);
    if (wrong != Pattern.NONE) {
      throw new StressException(
          String.format(
              "calloc of %,d x %,d B at 0x%x: byte %,d is not zero", count, each, address, wrong));
    }
    return address;
  }

  /** Gets a block and fills it; frees one instead when there are enough. */
  private boolean take(Operation operation, long size, long alignment, LongSupplier call) {
    if (!mayTake(size)) {
      return free(Operation.FREE);
    }
    begin.accept(operation);
    takeIn(callOrGive(size, call), size, alignment, null);
    return true;
  }

  boolean segment() {
    long size = Sizes.next(random);
    long alignment = Sizes.alignment(random);
    if (!mayTake(size)) {
      return free(Operation.FREE);
    }
    begin.accept(Operation.SEGMENT);
    MemorySegment[] got = new MemorySegment[1];
    callOrGive(
        size,
        () -> {
          got[0] = allocator.allocate(size, alignment);
          return got[0].address();
        });
    if (got[0].byteSize() != size || !got[0].scope().isAlive()) {
      throw new StressException("a segment of " + size + " B is " + got[0]);
    }
    takeIn(got[0].address(), size, alignment, got[0]);
    return true;
  }

  private boolean mayTake(long size) {
    return blocks.size() < mostBlocks && stage.budget().take(size);
  }

  /** The budget gets back what a call that finds no memory did not use. */
  private long callOrGive(long size, LongSupplier call) {
    try {
      return call.getAsLong();
    } catch (OutOfMemoryError e) {
      stage.budget().give(size);
      throw e;
    }
  }

  private static long leastAlignment(long size) {
    return size <= 8 ? 8 : HakAllocator.MIN_ALIGNMENT;
  }

  private void takeIn(long address, long size, long alignment, MemorySegment segment) {
    Block block = new Block(address, size, random.nextLong(), segment);
    if (address == 0 || (address & (alignment - 1)) != 0) {
      throw new StressException(block + " is not at a multiple of " + alignment);
    }
    Contents.fill(address, size, block.seed());
    blocks.add(block);
  }

  /** Changes the size of a block of the address API. */
  boolean realloc() {
    int index = blocks.isEmpty() ? -1 : random.nextInt(blocks.size());
    long size = Sizes.next(random);
    if (index < 0 || blocks.get(index).segment() != null || !stage.budget().take(size)) {
      return false;
    }
    Block old = blocks.get(index);
    stage.check(old, old.size());
    begin.accept(Operation.REALLOC);
    long address;
    try {
      address = callOrGive(size, () -> allocator.realloc(old.address(), size));
    } catch (OutOfMemoryError e) {
      stage.check(old, old.size());
      throw e;
    }
    remove(index);
    stage.budget().give(old.size());
    stage.check(new Block(address, old.size(), old.seed(), null), Math.min(old.size(), size));
    takeIn(address, size, leastAlignment(size), null);
    return true;
  }

  /** Frees a block; a segment as a segment mostly, whatever was asked for. */
  boolean free(Operation operation) {
    return !blocks.isEmpty() && free(remove(random.nextInt(blocks.size())), operation);
  }

  /** Frees a segment if the first block that is looked at is one. */
  boolean freeSegment() {
    int index = blocks.isEmpty() ? -1 : random.nextInt(blocks.size());
    return index >= 0
        && blocks.get(index).segment() != null
        && free(remove(index), Operation.FREE_SEGMENT);
  }

  private boolean free(Block block, Operation operation) {
    stage.check(block, block.size());
    if (block.segment() != null && random.nextInt(SEGMENT_BY_ADDRESS_ONE_IN) != 0) {
      begin.accept(Operation.FREE_SEGMENT);
      allocator.free(block.segment());
    } else if (operation == Operation.FREE_SIZED) {
      begin.accept(operation);
      allocator.free(block.address(), block.size());
    } else {
      begin.accept(operation);
      allocator.free(block.address());
    }
    stage.budget().give(block.size());
    readFreed(block);
    return true;
  }

  /** A segment that was freed may be used, to no purpose: it is there, or it throws. */
  private static void readFreed(Block block) {
    if (block.size() == 0 || block.segment() == null) {
      return;
    }
    try {
      block.segment().get(ValueLayout.JAVA_BYTE, block.size() - 1);
    } catch (IllegalStateException expected) {
      // it ended with its block
    }
  }

  /** What to do when there is no memory. */
  void freeHalf() {
    for (int i = blocks.size() / 2; i > 0; i--) {
      free(Operation.FREE);
    }
  }

  /** Frees some of what the dead left: more than one, for many die. */
  boolean freeOrphans() {
    boolean called = false;
    for (int i = 0; i < ORPHANS_AT_ONCE; i++) {
      Block block = stage.orphans().poll();
      called |= block != null && free(block, Operation.FREE_OF_ANOTHER);
    }
    return called;
  }

  /** Leaves a block to whoever comes next, and frees or keeps what somebody else left. */
  boolean exchange() {
    if (blocks.isEmpty()) {
      return false;
    }
    begin.accept(Operation.EXCHANGE);
    Block mine = remove(random.nextInt(blocks.size()));
    Block other = stage.exchange().getAndSet(random.nextInt(stage.exchange().length()), mine);
    if (other == null) {
      return false;
    }
    if (random.nextInt(4) != 0) {
      return free(other, Operation.FREE_OF_ANOTHER);
    }
    stage.check(other, other.size());
    blocks.add(other);
    return false;
  }

  boolean usableSize() {
    if (blocks.isEmpty()) {
      return false;
    }
    begin.accept(Operation.USABLE_SIZE);
    Block block = blocks.get(random.nextInt(blocks.size()));
    long usable = allocator.usableSize(block.address());
    if (usable < block.size()) {
      throw new StressException(block + " has only " + usable + " B usable");
    }
    return true;
  }

  boolean check() {
    if (!blocks.isEmpty()) {
      begin.accept(Operation.CHECK);
      Block block = blocks.get(random.nextInt(blocks.size()));
      stage.check(block, block.size());
    }
    return false;
  }

  /** Reads some blocks of a closed stack: they hold what was written, or zeros. */
  void readAfterClose() {
    for (int i = 0; i < READ_AFTER_CLOSE && !blocks.isEmpty(); i++) {
      Block block = blocks.get(random.nextInt(blocks.size()));
      stage.check(block, block.size());
    }
  }

  /** Leaves all blocks to the others. */
  void abandon() {
    stage.orphans().addAll(blocks);
    blocks.clear();
  }

  private Block remove(int index) {
    Block block = blocks.get(index);
    Block last = blocks.removeLast();
    if (index < blocks.size()) {
      blocks.set(index, last);
    }
    return block;
  }
}
