package hak.bench.replay;

/**
 * No allocator: a block is a fixed place in a buffer, one place for each slot of a table. The
 * places are as far apart as live blocks are large on average, so the loop touches about as much
 * memory as with an allocator; what an allocator costs is what it takes beyond this.
 *
 * @param strideBytes distance of two places
 */
public record FloorOperations(long strideBytes) implements Operations {
  @Override
  public long malloc(long home, int slot, long size) {
    return home + slot * strideBytes;
  }

  @Override
  public long calloc(long home, int slot, long size) {
    return home + slot * strideBytes;
  }

  @Override
  public long aligned(long home, int slot, long alignment, long size) {
    return home + slot * strideBytes;
  }

  @Override
  public long realloc(long address, long size) {
    return address;
  }

  @Override
  public void free(long address) {}

  @Override
  public long usableSize(long address) {
    throw new UnsupportedOperationException("the floor has no blocks");
  }
}
