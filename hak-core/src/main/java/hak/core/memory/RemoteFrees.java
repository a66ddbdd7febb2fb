package hak.core.memory;

/**
 * Blocks freed by a thread that does not own their slab: a lock-free list per slab, and per heap a
 * lock-free stack of the slabs whose list is not empty.
 *
 * <h2>Concurrency</h2>
 *
 * Any thread calls {@link #free} and {@link #freeAll}; only the owner of the heap calls {@link
 * #take} and {@link #drain}.
 *
 * <p><b>Each block is in exactly one place</b>, and the reason is one rule: <i>the push that finds
 * a slab's remote list empty, and no other, pushes the slab onto its owner's pending stack; the
 * owner empties a remote list only after it has taken the slab off that stack and read its
 * link.</i> From it follows:
 *
 * <ul>
 *   <li>a slab is on the stack at most once: it can be pushed again only after its list was
 *       emptied, which is after its link was read;
 *   <li>a slab cannot be given back while someone still writes to its descriptor: until the slab is
 *       on the stack its remote blocks are not in the local list, so {@code local < carved}; once
 *       it is on the stack the pusher does not touch it again.
 * </ul>
 *
 * <h2>Memory order</h2>
 *
 * The compare-and-set that publishes a block is volatile, and the owner takes the whole list with a
 * volatile get-and-set, so what the freeing thread wrote into the block, its link included, is
 * visible to the owner. There is no ABA problem: lists are pushed to one by one but taken only
 * whole.
 *
 * <h2>Why not one list per heap</h2>
 *
 * It would save the second stack, but every block would have to be sorted to its slab by the owner,
 * and the slab could not tell how many of its blocks are remote (D8).
 *
 * @param memory the reservation
 * @param pages the page table
 * @param stack the head of the stack of pending slabs in each heap
 */
public record RemoteFrees(Memory memory, PageTable pages, PerHeap stack) {
  /**
   * Hands {@code block} to the owner of the slab that {@code descriptor} describes. Any thread;
   * lock-free.
   *
   * @throws StackOverflowError if there is no {@link StackRoom}; the block is the caller's then
   */
  public void free(int descriptor, int block) {
    StackRoom.forBox(); // a slab that is on no stack would never be drained
    int owner = pages.owner(descriptor);
    long word;
    do {
      word = pages.remote(descriptor);
    } while (!pages.compareAndSetRemote(descriptor, word, BlockList.push(memory, word, block)));
    if (BlockList.isEmpty(word)) {
      pushPending(owner, descriptor);
    }
  }

  /** The empty list to which blocks of a slab are pushed that are freed at once. */
  public long emptyList(int descriptor) {
    return BlockList.emptied(pages.remote(descriptor));
  }

  /**
   * As {@link #free}, several blocks of one slab at once. Called with room on the stack.
   *
   * @param blocks a list that began with {@link #emptyList}, not empty
   */
  public void freeAll(int descriptor, long blocks) {
    int owner = pages.owner(descriptor);
    int count = BlockList.count(blocks);
    long word = pages.remote(descriptor);
    boolean isWhole = word == BlockList.emptied(blocks);
    long list = isWhole ? blocks : BlockList.pushFirst(memory, word, blocks, count);
    while (!pages.compareAndSetRemote(descriptor, word, list)) {
      word = pages.remote(descriptor);
      list = BlockList.pushFirst(memory, word, list, count);
    }
    if (BlockList.isEmpty(word)) {
      pushPending(owner, descriptor);
    }
  }

  private void pushPending(int owner, int descriptor) {
    int cell = stack.at(owner);
    int first;
    do {
      first = memory.getIntVolatile(cell, 0);
      pages.pending(descriptor, first);
    } while (!memory.compareAndSetInt(cell, 0, first, descriptor));
  }

  /**
   * Whether {@code heap} has slabs to drain; a plain read, so a push just made may be missed. By
   * the owner; by others it is a hint.
   */
  public boolean isPending(int heap) {
    return memory.getInt(stack.at(heap), 0) != 0;
  }

  /** Takes the whole stack of pending slabs off {@code heap}; 0 when there is none. Owner only. */
  public int take(int heap) {
    return memory.getAndSetInt(stack.at(heap), 0, 0);
  }

  /**
   * Moves the remote list of a slab that was taken off the stack to its local list and returns how
   * many blocks moved. The caller must have read {@link PageTable#pending} of the slab before.
   * Owner only.
   */
  public int drain(int descriptor) {
    long local = pages.local(descriptor);
    long remote = pages.takeRemote(descriptor, BlockList.emptied(local));
    pages.local(descriptor, BlockList.join(memory, local, remote));
    return BlockList.count(remote);
  }
}
