package hak.bench.trace;

import java.util.Arrays;

/** The blocks that are alive. */
final class Population {
  private final SlotNumbers slots = new SlotNumbers();
  private long[] sizes = new long[64];
  private long[] births = new long[64];
  private int[] birthThreads = new int[64];
  private long bytes;
  private long blocks;
  private long peakBytes;
  private long peakBlocks;
  private long peakAt;

  int begin(long size, int thread, long event) {
    int slot = slots.take();
    if (slot == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * slot);
      births = Arrays.copyOf(births, 2 * slot);
      birthThreads = Arrays.copyOf(birthThreads, 2 * slot);
    }
    sizes[slot] = size;
    births[slot] = event;
    birthThreads[slot] = thread;
    bytes += size;
    blocks++;
    peakBlocks = Math.max(peakBlocks, blocks);
    if (bytes > peakBytes) {
      peakBytes = bytes;
      peakAt = event;
    }
    return slot;
  }

  void end(int slot) {
    bytes -= sizes[slot];
    blocks--;
    slots.give(slot);
  }

  long size(int slot) {
    return sizes[slot];
  }

  long bornAt(int slot) {
    return births[slot];
  }

  int bornIn(int slot) {
    return birthThreads[slot];
  }

  long bytes() {
    return bytes;
  }

  long blocks() {
    return blocks;
  }

  long peakBytes() {
    return peakBytes;
  }

  long peakBlocks() {
    return peakBlocks;
  }

  long peakAt() {
    return peakAt;
  }
}
