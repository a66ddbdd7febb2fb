package hak.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The actors on one stack, each with a thread: the last one has a virtual one. */
final class Cast implements AutoCloseable {
  /** How many there are. */
  static final int SIZE = 3;

  private final HakAllocator allocator;
  private final Queue<Block> handedOver = new ConcurrentLinkedQueue<>();
  private final List<Actor> actors = new ArrayList<>();
  private final List<ExecutorService> threads = new ArrayList<>();

  /** On a stack that is open and that nobody else uses. */
  Cast(HakAllocator allocator) {
    this.allocator = allocator;
    Intervals intervals = new Intervals();
    for (int i = 0; i < SIZE; i++) {
      actors.add(new Actor(allocator, intervals, handedOver, i + 1));
      Thread.Builder kind = i == SIZE - 1 ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
      threads.add(Executors.newSingleThreadExecutor(kind.factory()));
    }
  }

  private interface Work {
    void run(Actor actor);
  }

  private Future<?> start(int actor, Work work) {
    return threads
        .get(actor)
        .submit(
            (Callable<Void>)
                () -> {
                  work.run(actors.get(actor));
                  return null;
                });
  }

  private static void await(Future<?> end) {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw new AssertionError("in an actor's thread: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Does steps one after the other, each in its actor's thread. */
  void play(List<Step> script) {
    for (Step step : script) {
      await(start(step.actor(), actor -> actor.run(step)));
    }
  }

  /** Has every actor do its steps, all at once. */
  void playAtOnce(List<List<Step>> scripts) {
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      List<Step> script = scripts.get(i);
      ends.add(start(i, actor -> script.forEach(actor::run)));
    }
    ends.forEach(Cast::await);
  }

  /** Ends all arenas, compares every block with the books, frees all, and compares again. */
  void finish() {
    for (int i = 0; i < SIZE; i++) {
      await(start(i, Actor::closeArenas));
    }
    allocator.trim(); // what deferred arenas set aside
    long[] live =
        Stream.concat(
                handedOver.stream().map(Block::address),
                actors.stream().flatMap(actor -> actor.addresses().stream()))
            .flatMapToLong(LongStream::of)
            .toArray();
    HeapWalker.check(allocator, live);
    assertExact(live.length);
    handedOver.forEach(Block::check);
    for (int i = 0; i < SIZE; i++) {
      await(start(i, Actor::freeAll)); // what was handed over by another is freed by another
    }
    for (Block block : handedOver) {
      allocator.free(block.address());
    }
    HeapWalker.check(allocator, new long[0]);
    assertExact(0);
  }

  private void assertExact(long liveBlocks) {
    Ledger ledger = allocator.stats();
    assertTrue(ledger.isBalanced(), ledger::toString);
    assertEquals(liveBlocks, ledger.liveBlocks());
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::close);
  }
}
