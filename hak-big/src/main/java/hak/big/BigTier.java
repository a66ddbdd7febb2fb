package hak.big;

import hak.core.memory.MemoryLimit;
import hak.core.memory.Round;
import hak.core.memory.VirtualMemory;
import hak.core.spi.LargeTier;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks that are mappings of their own: zeroed by the kernel, given back at once.
 *
 * <p>A mapping that the kernel refuses to unmap stays known and is tried again at {@link #trim};
 * its memory is purged at once, so only addresses are kept. Each call that maps or unmaps has set
 * slots of the table aside for whatever may come of it.
 *
 * @param lock guards the table; not held while a block is mapped or unmapped
 */
record BigTier(
    VirtualMemory virtualMemory, MemoryLimit limit, ReentrantLock lock, MappingTable mappings)
    implements LargeTier {
  /** More than any machine can map: 2^46 B. */
  static final long LARGEST_BYTES = 1L << 46;

  private static final long PAGE = 4096;

  /** A block, and what stands out on both sides of it. */
  private static final int MAPPINGS_OF_ALIGNED = 3;

  BigTier(VirtualMemory virtualMemory, MemoryLimit limit) {
    this(virtualMemory, limit, new ReentrantLock(), new MappingTable());
  }

  @Override
  public long largestBytes() {
    return LARGEST_BYTES;
  }

  @Override
  public boolean zeroed() {
    return true;
  }

  @Override
  public long allocate(long size, long alignment) {
    long bytes = Round.up(size, PAGE);
    if (alignment > LARGEST_BYTES || !limit.tryTake(bytes)) {
      return 0;
    }
    long address = 0;
    try {
      address = alignment <= PAGE ? mapPlain(bytes) : mapAligned(bytes, alignment);
    } finally {
      if (address == 0) {
        limit.give(bytes);
      }
    }
    if (address != 0) {
      lock.lock();
      try {
        mappings.putLive(address, bytes, size);
      } finally {
        lock.unlock();
      }
    }
    return address;
  }

  private long mapPlain(long bytes) {
    reserve(1);
    long address = virtualMemory.map(bytes);
    if (address == 0) {
      cancel(1);
    }
    return address;
  }

  /** Maps more than needed and cuts off what stands out. */
  private long mapAligned(long bytes, long alignment) {
    reserve(MAPPINGS_OF_ALIGNED);
    long raw = virtualMemory.map(bytes + alignment);
    if (raw == 0) {
      cancel(MAPPINGS_OF_ALIGNED);
      return 0;
    }
    long address = Round.up(raw, alignment);
    cut(raw, address - raw);
    cut(address + bytes, raw + alignment - address);
    return address;
  }

  private void reserve(int count) {
    lock.lock();
    try {
      mappings.reserve(count);
    } finally {
      lock.unlock();
    }
  }

  private void cancel(int count) {
    lock.lock();
    try {
      mappings.cancel(count);
    } finally {
      lock.unlock();
    }
  }

  /** Unmaps a range that has a slot set aside; keeps it in mind when the system refuses. */
  private void cut(long address, long bytes) {
    if (bytes == 0 || virtualMemory.unmap(address, bytes)) {
      cancel(1);
      return;
    }
    virtualMemory.purge(address, bytes);
    lock.lock();
    try {
      mappings.putStuck(address, bytes);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean release(long address) {
    long bytes;
    lock.lock();
    try {
      int slot = mappings.findLive(address);
      if (slot < 0) {
        return false;
      }
      bytes = mappings.mappedBytes(slot);
      mappings.remove(slot);
    } finally {
      lock.unlock();
    }
    cut(address, bytes);
    limit.give(bytes);
    return true;
  }

  @Override
  public long usableSize(long address) {
    lock.lock();
    try {
      int slot = mappings.findLive(address);
      return slot < 0 ? 0 : mappings.mappedBytes(slot);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long goodSize(long size) {
    return Round.up(size, PAGE);
  }

  @Override
  public boolean resize(long address, long newSize) {
    lock.lock();
    try {
      int slot = mappings.findLive(address);
      if (slot < 0
          || newSize > LARGEST_BYTES
          || Round.up(newSize, PAGE) != mappings.mappedBytes(slot)) {
        return false;
      }
      mappings.usedBytes(slot, newSize);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void trim() {
    lock.lock();
    try {
      unmapStuck();
    } finally {
      lock.unlock();
    }
  }

  private void unmapStuck() {
    for (int slot = 0; slot < mappings.slots(); slot++) {
      while (mappings.isStuck(slot) && unmap(slot)) {
        mappings.cancel(1);
      }
    }
  }

  private boolean unmap(int slot) {
    boolean unmapped = virtualMemory.unmap(mappings.address(slot), mappings.mappedBytes(slot));
    if (unmapped) {
      mappings.remove(slot);
    }
    return unmapped;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      for (int slot = 0; slot < mappings.slots(); slot++) {
        if (mappings.isLive(slot)) {
          virtualMemory.purge(mappings.address(slot), mappings.mappedBytes(slot));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unmap() {
    lock.lock();
    try {
      unmapStuck();
      for (int slot = 0; slot < mappings.slots(); slot++) {
        while (mappings.isLive(slot) && unmap(slot)) {
          mappings.cancel(1);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long liveBlocks() {
    lock.lock();
    try {
      return mappings.liveBlocks();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long liveBytes() {
    lock.lock();
    try {
      return mappings.usedBytes();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long mappedBytes() {
    lock.lock();
    try {
      return mappings.mappedBytes();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long residentBytes() {
    lock.lock();
    try {
      long resident = 0;
      for (int slot = 0; slot < mappings.slots(); slot++) {
        if (mappings.isLive(slot)) {
          long mapped = mappings.mappedBytes(slot);
          long there = virtualMemory.residentBytes(mappings.address(slot), mapped);
          resident += there >= 0 ? there : mapped;
        }
      }
      return resident;
    } finally {
      lock.unlock();
    }
  }
}
