package hak.bench.stress.actors;

import hak.bench.stress.check.ClosedCalls;
import hak.bench.stress.check.StressException;
import hak.bench.stress.plan.Operation;
import hak.bench.stress.plan.RoundKind;
import hak.bench.stress.stage.Stage;
import hak.bench.stress.watch.Pulse;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.StackDescription;
import hak.core.spi.Section;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.SplittableRandom;

/** One thread's part of a round: mixes operations at random and checks what it gets. */
final class Actor {
  /** One in so many that end by a close tries every call once more. */
  private static final int CALL_AFTER_CLOSE_ONE_IN = 8;

  /** An address that no stack gave: its free is ignored by a guard and refused without one. */
  private static final MemorySegment FOREIGN = Arena.global().allocate(64, 16);

  private final Stage stage;
  private final HakAllocator allocator;
  private final SplittableRandom random;
  private final BlockUser blocks;
  private final ArenaUser arenas;
  private final boolean isGuarded;
  private Pulse pulse;
  private Operation latest;

  Actor(Stage stage, long seed) {
    this.stage = stage;
    allocator = stage.allocator();
    random = new SplittableRandom(seed);
    blocks = new BlockUser(stage, random, this::begin);
    arenas = new ArenaUser(stage, random, this::actOnce);
    isGuarded = !stage.round().profile().boxes(Section.GUARDS).isEmpty();
  }

  /**
   * Acts until the round stops or the stack is closed, at most {@code most} times. What must not
   * happen is told to the stage; nothing is thrown.
   */
  void run(long most) {
    pulse = stage.watchdog().watch(stage.round());
    try {
      for (long i = 0; i < most && !stage.isStopping(); i++) {
        act();
      }
    } catch (IllegalStateException e) {
      endByClose(e);
    } catch (Throwable e) {
      stage.fail(e);
    } finally {
      blocks.abandon();
      stage.watchdog().unwatch(pulse);
      Reference.reachabilityFence(allocator); // addresses do not keep their memory mapped
    }
  }

  /** One operation. No memory is no failure where the region runs full. */
  private void act() {
    boolean wasClosed = stage.isClosed();
    try {
      if (actOnce() && wasClosed) {
        throw new StressException("after close this did not throw: " + latest);
      }
    } catch (OutOfMemoryError e) {
      if (stage.round().kind() != RoundKind.FULL || !isOfStack(e)) {
        throw e;
      }
      stage.tally().outOfMemory.increment();
      blocks.freeHalf();
    }
  }

  private static boolean isOfStack(OutOfMemoryError error) {
    return error.getMessage() != null && error.getMessage().startsWith("allocator '");
  }

  /** Only a close ends with this exception; what is held can be read as before. */
  private void endByClose(IllegalStateException thrown) {
    if (!stage.isClosing()) {
      stage.fail(thrown);
      return;
    }
    stage.tally().endedByClose.increment();
    try {
      blocks.readAfterClose();
      arenas.readAfterClose();
      if (stage.isClosed() && random.nextInt(CALL_AFTER_CLOSE_ONE_IN) == 0) {
        ClosedCalls.requireAllThrow(allocator);
      }
    } catch (Throwable e) {
      stage.fail(e);
    }
  }

  /** One operation; whether it was one that must throw when the stack is closed. */
  private boolean actOnce() {
    pulse.beat();
    Operation next = Operation.next(random, stage.ofTheStackPermille());
    return switch (next) {
      case MALLOC -> blocks.malloc();
      case ALIGNED -> blocks.aligned();
      case CALLOC -> blocks.calloc();
      case REALLOC -> blocks.realloc();
      case FREE, FREE_SIZED -> blocks.free(next);
      case FREE_OF_ANOTHER -> blocks.freeOrphans();
      case USABLE_SIZE -> blocks.usableSize();
      case CHECK -> blocks.check();
      case EXCHANGE -> blocks.exchange();
      case SEGMENT -> blocks.segment();
      case FREE_SEGMENT -> blocks.freeSegment();
      case CONFINED_ARENA -> {
        begin(next);
        yield arenas.confined();
      }
      case SHARED_ARENA -> {
        begin(next);
        yield arenas.shared();
      }
      default -> {
        begin(next);
        actOnStack(next);
        yield true;
      }
    };
  }

  private void actOnStack(Operation operation) {
    switch (operation) {
      case TRIM -> allocator.trim();
      case RELEASE_THREAD_HEAP -> allocator.releaseThreadHeap();
      case FOREIGN_FREE -> freeForeign();
      case STATS -> requireSensible(allocator.stats());
      case COUNTS -> requireSensible(allocator.counts().size());
      case DESCRIBE -> requireSensible(allocator.describe());
      default -> throw new AssertionError(operation);
    }
  }

  /** While others allocate a ledger is not exact, but something is committed. */
  private static void requireSensible(Ledger ledger) {
    if (ledger.committedBytes() <= 0) {
      throw new StressException("nothing is committed: " + ledger);
    }
  }

  private void requireSensible(int layersCounted) {
    if (layersCounted == 0 != stage.round().profile().boxes(Section.OBSERVERS).isEmpty()) {
      throw new StressException(layersCounted + " layers are counted");
    }
  }

  private void requireSensible(StackDescription description) {
    if (!description.profile().equals(stage.round().profile().name())) {
      throw new StressException("the description is of '" + description.profile() + "'");
    }
  }

  private void freeForeign() {
    try {
      allocator.free(FOREIGN.address() + 16L * random.nextInt(4));
      if (!isGuarded) {
        throw new StressException("without a guard the free of a foreign address was accepted");
      }
    } catch (IllegalArgumentException e) {
      if (isGuarded) {
        throw e;
      }
    }
  }

  private void begin(Operation operation) {
    latest = operation;
    stage.tally().count(operation);
  }
}
