package hak.bench.measure;

import hak.bench.replay.Operations;
import java.util.Map;

/**
 * An allocator that notes its blocks outside of a range of addresses: those that are mappings of
 * their own.
 *
 * @param heap the allocator
 * @param base the range
 * @param lengthBytes its length
 * @param blocks usable size by address
 */
record OutsideBlocks(Operations heap, long base, long lengthBytes, Map<Long, Long> blocks)
    implements Operations {
  private long note(long address) {
    if (isOutside(address)) {
      blocks.put(address, heap.usableSize(address));
    }
    return address;
  }

  private void forget(long address) {
    if (isOutside(address)) {
      blocks.remove(address);
    }
  }

  private boolean isOutside(long address) {
    return Long.compareUnsigned(address - base, lengthBytes) >= 0;
  }

  @Override
  public long malloc(long home, int slot, long size) {
    return note(heap.malloc(home, slot, size));
  }

  @Override
  public long calloc(long home, int slot, long size) {
    return note(heap.calloc(home, slot, size));
  }

  @Override
  public long aligned(long home, int slot, long alignment, long size) {
    return note(heap.aligned(home, slot, alignment, size));
  }

  @Override
  public long realloc(long address, long size) {
    forget(address);
    return note(heap.realloc(address, size));
  }

  @Override
  public void free(long address) {
    forget(address);
    heap.free(address);
  }

  @Override
  public long usableSize(long address) {
    return heap.usableSize(address);
  }
}
