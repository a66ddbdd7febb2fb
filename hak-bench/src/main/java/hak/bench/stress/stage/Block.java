package hak.bench.stress.stage;

import java.lang.foreign.MemorySegment;

/**
 * A block that somebody holds, filled.
 *
 * @param address where
 * @param size bytes that were asked for
 * @param seed of its content
 * @param segment the block as the segment API gave it; null if the address API did
 */
public record Block(long address, long size, long seed, MemorySegment segment) {
  @Override
  public String toString() {
    return String.format(
        "block 0x%x of %,d B%s", address, size, segment == null ? "" : " (segment)");
  }
}
