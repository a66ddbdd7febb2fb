package hak.big;

import hak.core.memory.VirtualMemory;
import hak.core.spi.LargeTier;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks that are mappings of their own: zeroed by the kernel, given back at once.
 *
 * <p>A mapping that the kernel refuses to unmap stays known and is tried again at {@link #trim};
 * its memory is purged at once, so only addresses are kept.
 */
record BigTier(
    VirtualMemory virtualMemory,
    ReentrantLock lock,
    MappingTable live,
    MappingTable stuck,
    LongAdder blocks,
    LongAdder used,
    LongAdder mapped)
    implements LargeTier {
  /** More than any machine can map: 2^46 B. */
  static final long LARGEST_BYTES = 1L << 46;

  private static final long PAGE = 4096;

  BigTier(VirtualMemory virtualMemory, MappingTable live) {
    this(
        virtualMemory,
        new ReentrantLock(),
        live,
        new MappingTable(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder());
  }

  @Override
  public long largestBytes() {
    return LARGEST_BYTES;
  }

  @Override
  public boolean zeroed() {
    return true;
  }

  private static long roundUp(long size) {
    return (size + PAGE - 1) & -PAGE;
  }

  @Override
  public long allocate(long size, long alignment) {
    long bytes = roundUp(size);
    if (alignment > LARGEST_BYTES) {
      return 0;
    }
    long address = alignment <= PAGE ? virtualMemory.map(bytes) : mapAligned(bytes, alignment);
    if (address == 0) {
      return 0;
    }
    lock.lock();
    try {
      live.put(address, bytes, size);
    } finally {
      lock.unlock();
    }
    blocks.increment();
    used.add(size);
    mapped.add(bytes);
    return address;
  }

  /** Maps more than needed and cuts off what stands out. */
  private long mapAligned(long bytes, long alignment) {
    long raw = virtualMemory.map(bytes + alignment);
    if (raw == 0) {
      return 0;
    }
    long address = (raw + alignment - 1) & -alignment;
    cut(raw, address - raw);
    cut(address + bytes, raw + alignment - address);
    return address;
  }

  private void cut(long address, long bytes) {
    if (bytes > 0 && !virtualMemory.unmap(address, bytes)) {
      keepStuck(address, bytes);
    }
  }

  private void keepStuck(long address, long bytes) {
    virtualMemory.purge(address, bytes);
    lock.lock();
    try {
      stuck.put(address, bytes, 0);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean release(long address) {
    long bytes;
    lock.lock();
    try {
      bytes = live.mappedBytes(address);
      if (bytes == 0) {
        return false;
      }
      used.add(-live.usedBytes(address));
      live.remove(address);
    } finally {
      lock.unlock();
    }
    blocks.decrement();
    mapped.add(-bytes);
    cut(address, bytes);
    return true;
  }

  @Override
  public long usableSize(long address) {
    lock.lock();
    try {
      return live.mappedBytes(address);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean resize(long address, long newSize) {
    lock.lock();
    try {
      long bytes = live.mappedBytes(address);
      if (bytes == 0 || newSize > LARGEST_BYTES || roundUp(newSize) != bytes) {
        return false;
      }
      used.add(newSize - live.usedBytes(address));
      live.usedBytes(address, newSize);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void trim() {
    lock.lock();
    try {
      unmapAll(stuck);
    } finally {
      lock.unlock();
    }
  }

  private void unmapAll(MappingTable table) {
    for (long address : table.all()) {
      if (virtualMemory.unmap(address, table.mappedBytes(address))) {
        table.remove(address);
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      for (long address : live.all()) {
        virtualMemory.purge(address, live.mappedBytes(address));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unmap() {
    lock.lock();
    try {
      unmapAll(stuck);
      unmapAll(live);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long liveBlocks() {
    return blocks.sum();
  }

  @Override
  public long liveBytes() {
    return used.sum();
  }

  @Override
  public long mappedBytes() {
    return mapped.sum();
  }
}
