package hak.bench.latency;

import hak.bench.replay.Operations;

/**
 * Operations of which each is timed. A loop of its own for each thread has the clock of the thread
 * as a constant, so that no thread has to be looked up.
 *
 * <p>The clock is no fence: a store of the call may become visible after it was read.
 *
 * @param heap what is timed
 * @param clock of the one thread that calls
 */
record TimedOperations(Operations heap, CallClock clock) implements Operations {
  @Override
  public long malloc(long home, int slot, long size) {
    long begin = System.nanoTime();
    long block = heap.malloc(home, slot, size);
    clock.add(System.nanoTime() - begin);
    return block;
  }

  @Override
  public long calloc(long home, int slot, long size) {
    long begin = System.nanoTime();
    long block = heap.calloc(home, slot, size);
    clock.add(System.nanoTime() - begin);
    return block;
  }

  @Override
  public long aligned(long home, int slot, long alignment, long size) {
    long begin = System.nanoTime();
    long block = heap.aligned(home, slot, alignment, size);
    clock.add(System.nanoTime() - begin);
    return block;
  }

  @Override
  public long realloc(long address, long size) {
    long begin = System.nanoTime();
    long block = heap.realloc(address, size);
    clock.add(System.nanoTime() - begin);
    return block;
  }

  @Override
  public void free(long address) {
    long begin = System.nanoTime();
    heap.free(address);
    clock.add(System.nanoTime() - begin);
  }

  @Override
  public long usableSize(long address) {
    return heap.usableSize(address);
  }
}
