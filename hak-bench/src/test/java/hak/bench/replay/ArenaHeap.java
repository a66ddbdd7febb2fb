package hak.bench.replay;

import hak.core.inside.RawAccess;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A correct allocator that never reuses memory, and knows every block it gave. Tests break it on
 * purpose.
 */
public class ArenaHeap implements Operations, AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final Map<Long, Long> sizes = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();

  /** Blocks that are alive. */
  public int liveBlocks() {
    return sizes.size();
  }

  /** How many calls there were, usable sizes aside. */
  public long calls() {
    return calls.get();
  }

  /** Unmaps all blocks. */
  @Override
  public void close() {
    arena.close();
  }

  protected long allocate(long alignment, long size) {
    calls.incrementAndGet();
    long address = arena.allocate(Math.max(size, 1), Math.max(alignment, 16)).address();
    sizes.put(address, size);
    return address;
  }

  @Override
  public long malloc(long home, int slot, long size) {
    return allocate(16, size);
  }

  @Override
  public long calloc(long home, int slot, long size) {
    return allocate(16, size);
  }

  @Override
  public long aligned(long home, int slot, long alignment, long size) {
    return allocate(alignment, size);
  }

  @Override
  public long realloc(long address, long size) {
    long moved = allocate(16, size);
    RawAccess.copy(address, moved, Math.min(sizes.get(address), size));
    sizes.remove(address);
    return moved;
  }

  @Override
  public void free(long address) {
    calls.incrementAndGet();
    if (sizes.remove(address) == null) {
      throw new IllegalArgumentException("no block at " + address);
    }
  }

  @Override
  public long usableSize(long address) {
    return sizes.get(address);
  }
}
