package hak.core.memory;

import java.util.function.IntConsumer;

/**
 * Blocks of other heaps' slabs that a heap frees, kept until it turns to another slab: then all of
 * them go to their slab's remote list at once ({@link RemoteFrees#freeAll}).
 *
 * <pre>
 *   cell of a heap and size class      0  list   blocks of one slab: a word of a {@link BlockList}
 *                                      8  slab   its descriptor                         int
 * </pre>
 *
 * <p>Who frees what another thread allocated frees neighbours one after the other more often than
 * not. One by one each costs a compare-and-set, and a processor lets nothing pass such an
 * instruction: it waits for the store into the block before it, which comes from the other
 * processor's cache. Kept together the stores into a slab's blocks overlap, and the owner takes in
 * a list that is long, in most cases all there is, and so needs not be walked. After the message
 * batches of snmalloc (Liétar et al.: "snmalloc: A Message Passing Allocator", 2019), one for each
 * slab instead of one for each owner, as a slab's list takes it in two stores.
 *
 * <p>So a heap holds blocks of at most one slab of each class back. It hands them over when its
 * caches are emptied ({@link #handOver}).
 *
 * <p>Called by the thread that holds the heap.
 *
 * @param remoteFrees where the blocks go
 * @param cells {@link #CELL_BYTES} for each class
 */
public record RemoteBatches(Memory memory, RemoteFrees remoteFrees, PerClass cells) {
  /** What is kept in a heap for each size class, zero in a new one. */
  public static final int CELL_BYTES = 16;

  private static final long LIST = 0;
  private static final long SLAB = 8;

  /**
   * Takes a block of another heap's slab.
   *
   * @param heap the heap held; 0 where there is none, and the block is handed over at once
   * @throws StackOverflowError if there is no {@link StackRoom}; the block is the caller's then
   */
  public void free(int heap, int sizeClass, int slab, int block) {
    if (heap == 0) {
      remoteFrees.free(slab, block);
      return;
    }
    int cell = cells.at(heap, sizeClass);
    if (memory.getInt(cell, SLAB) != slab) {
      turnTo(cell, slab, block);
      return;
    }
    BlockList.push(memory, cell, LIST, memory.getLong(cell, LIST), block);
  }

  private void turnTo(int cell, int slab, int block) {
    StackRoom.forBox();
    handOver(cell);
    memory.putInt(cell, SLAB, slab);
    memory.putLong(cell, LIST, BlockList.push(memory, remoteFrees.emptyList(slab), block));
  }

  /** Hands over what the heap holds of a class. With room on the stack. */
  public void handOver(int heap, int sizeClass) {
    handOver(cells.at(heap, sizeClass));
  }

  private void handOver(int cell) {
    long list = memory.getLong(cell, LIST);
    int slab = memory.getInt(cell, SLAB);
    memory.putLong(cell, LIST, BlockList.EMPTY);
    memory.putInt(cell, SLAB, 0); // by the time it is freed to again it may be another's
    if (!BlockList.isEmpty(list)) {
      remoteFrees.freeAll(slab, list);
    }
  }

  /** Visits the blocks that the heap holds of a class. */
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    BlockList.forEach(memory, memory.getLong(cells.at(heap, sizeClass), LIST), visitor);
  }

  /** How many these are; by other threads approximate. */
  public int count(int heap, int sizeClass) {
    return BlockList.count(memory.getLong(cells.at(heap, sizeClass), LIST));
  }
}
