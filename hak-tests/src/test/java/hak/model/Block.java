package hak.model;

import java.lang.foreign.MemorySegment;

/**
 * A block in somebody's hands.
 *
 * @param alignment what was asked for
 * @param seed of its content
 * @param segment what it is freed by; null = its address
 */
record Block(long address, long size, long alignment, long seed, MemorySegment segment) {
  /** Checks that nobody wrote into it. */
  void check() {
    Content.check(address, size, seed, size);
  }
}
