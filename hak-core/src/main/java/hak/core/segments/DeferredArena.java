package hak.core.segments;

import hak.core.HakAllocator;
import hak.core.ScopedArena;
import hak.core.inside.ArenaView;
import hak.core.memory.StackRoom;
import java.lang.foreign.MemorySegment;

/**
 * An arena for any thread whose segments end with those of others, some time after it is closed:
 * {@link ArenaBatches} says when. What it allocates is in a {@link BumpArena}, which passes to its
 * batch when this is closed or reset.
 */
final class DeferredArena implements ScopedArena, ArenaView {
  private final HakAllocator allocator;
  private final Segments segments;
  private final boolean zeroed;
  private ArenaBatch batch;

  /** Null once closed. */
  private BumpArena arena;

  /**
   * Open, in a batch that the caller has joined for it.
   *
   * @throws OutOfMemoryError as {@link BumpArena}; the caller leaves the batch
   */
  DeferredArena(HakAllocator allocator, Segments segments, ArenaBatch batch, boolean zeroed) {
    this.allocator = allocator;
    this.segments = segments;
    this.batch = batch;
    this.zeroed = zeroed;
    arena = begin(batch);
  }

  private BumpArena begin(ArenaBatch joined) {
    return new BumpArena(allocator, segments, joined.lifetime(), null, zeroed);
  }

  private BumpArena open() {
    if (arena == null) {
      throw new IllegalStateException("Already closed");
    }
    return arena;
  }

  @Override
  public synchronized MemorySegment allocate(long byteSize, long byteAlignment) {
    return open().allocate(byteSize, byteAlignment);
  }

  @Override
  public synchronized MemorySegment.Scope scope() {
    return batch.lifetime().scope();
  }

  @Override
  public synchronized void reset() {
    StackRoom.forSequence();
    BumpArena done = open();
    ArenaBatch left = batch;
    ArenaBatch joined = segments.batches().join();
    try {
      arena = begin(joined);
    } catch (Throwable e) {
      segments.batches().leave(joined, null);
      throw e;
    }
    batch = joined;
    segments.batches().leave(left, done);
  }

  @Override
  public synchronized void close() {
    StackRoom.forSequence();
    BumpArena done = open();
    arena = null;
    segments.batches().leave(batch, done);
  }

  @Override
  public synchronized long[] blocks() {
    return open().blocks();
  }
}
