package hak.bench.replay;

import hak.core.HakAllocator;

/**
 * A HAK stack.
 *
 * @param heap the stack
 */
public record HakOperations(HakAllocator heap) implements Operations {
  @Override
  public long malloc(long home, int slot, long size) {
    return heap.malloc(size);
  }

  @Override
  public long calloc(long home, int slot, long size) {
    return heap.calloc(1, size);
  }

  @Override
  public long aligned(long home, int slot, long alignment, long size) {
    return heap.malloc(size, alignment);
  }

  @Override
  public long realloc(long address, long size) {
    return heap.realloc(address, size);
  }

  @Override
  public void free(long address) {
    heap.free(address);
  }

  @Override
  public long usableSize(long address) {
    return heap.usableSize(address);
  }
}
