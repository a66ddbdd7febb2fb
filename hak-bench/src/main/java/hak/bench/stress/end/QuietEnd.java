package hak.bench.stress.end;

import hak.bench.stress.check.StressException;
import hak.bench.stress.plan.HeapCheck;
import hak.bench.stress.stage.Block;
import hak.bench.stress.stage.OpenArena;
import hak.bench.stress.stage.Stage;
import hak.bench.stress.watch.Pulse;
import hak.bench.verify.Pattern;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.inside.ArenaView;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The end of a round all of whose threads have ended: what is live is known exactly, and after it
 * is freed nothing is left but the arenas that nobody may close.
 */
public final class QuietEnd {
  private final Stage stage;
  private final HakAllocator allocator;
  private final HeapCheck heapCheck;
  private final Pulse pulse;

  public QuietEnd(Stage stage, HeapCheck heapCheck, Pulse pulse) {
    this.stage = stage;
    this.allocator = stage.allocator();
    this.heapCheck = heapCheck;
    this.pulse = pulse;
  }

  /** Checks and empties the stack. */
  public void run() throws InterruptedException {
    List<Block> blocks = stage.takeBlocks();
    List<OpenArena> arenas = stage.takeArenas();
    for (Block block : blocks) {
      stage.check(block, block.size());
    }
    arenas.forEach(stage::check);
    endDeferred(arenas);
    requireApart(blocks);
    List<Long> live = new ArrayList<>(blocks.stream().map(Block::address).toList());
    arenas.forEach(arena -> addAddresses(arena, live));
    List<Long> left = new ArrayList<>();
    for (OpenArena arena : stage.leftOpen()) {
      requireFilled(arena);
      addAddresses(arena, left);
    }
    live.addAll(left);
    walk(live);

    free(blocks, arenas);
    walk(left);
    allocator.trim();
    requireNothingKept(allocator.stats(), left.size());
    walk(left);
  }

  /** Closes the arenas whose blocks, closed or not, are live until all of them are. */
  private void endDeferred(List<OpenArena> arenas) {
    arenas.stream().filter(OpenArena::isDeferred).forEach(open -> open.arena().close());
    arenas.removeIf(OpenArena::isDeferred);
    allocator.trim();
  }

  /** By addresses: a confined segment is for its own thread, which is dead. */
  private static void requireFilled(OpenArena open) {
    for (MemorySegment segment : open.segments()) {
      for (long at = 0; at < segment.byteSize(); at++) {
        if (Pattern.byteAt(segment.address() + at) != OpenArena.fillOf(segment)) {
          throw new StressException("byte " + at + " of " + segment + " of an arena has changed");
        }
      }
    }
  }

  private static void addAddresses(OpenArena open, List<Long> addresses) {
    for (long block : ArenaView.blocksOf(open.arena())) {
      addresses.add(block);
    }
  }

  private void walk(List<Long> live) {
    pulse.beat();
    heapCheck.check(allocator, live.stream().mapToLong(Long::longValue).toArray());
    pulse.beat();
  }

  private static void requireApart(List<Block> blocks) {
    List<Block> sorted = blocks.stream().sorted(Comparator.comparingLong(Block::address)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      Block before = sorted.get(i - 1);
      if (before.address() + Math.max(before.size(), 1) > sorted.get(i).address()) {
        throw new StressException(before + " overlaps " + sorted.get(i));
      }
    }
  }

  /** A half by this thread, a half by one that never used the stack before. */
  private void free(List<Block> blocks, List<OpenArena> arenas) throws InterruptedException {
    int half = blocks.size() / 2;
    Thread other =
        Thread.ofPlatform()
            .daemon()
            .name(stage.round().threadName("helper"))
            .start(() -> {
              try {
                freeAll(blocks.subList(0, half));
              } catch (Throwable e) {
                stage.fail(e);
              }
            });
    freeAll(blocks.subList(half, blocks.size()));
    for (OpenArena open : arenas) {
      open.arena().close();
    }
    other.join();
  }

  private void freeAll(List<Block> blocks) {
    for (Block block : blocks) {
      stage.check(block, block.size()); // the walk has changed nothing
      if (block.segment() != null) {
        allocator.free(block.segment());
      } else {
        allocator.free(block.address());
      }
    }
  }

  private static void requireNothingKept(Ledger ledger, int liveBlocks) {
    if (!ledger.isBalanced()
        || ledger.liveBlocks() != liveBlocks
        || ledger.cachedBytes() != 0
        || ledger.remoteBytes() != 0) {
      throw new StressException(
          "after trim, with " + liveBlocks + " blocks live, the ledger is " + ledger);
    }
  }
}
