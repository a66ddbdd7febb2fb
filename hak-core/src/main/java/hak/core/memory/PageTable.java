package hak.core.memory;

import static hak.core.memory.Memory.UNIT_SHIFT;

/**
 * One 64-byte descriptor for every 64 KiB page of the reservation; from a block to its descriptor
 * is two shifts.
 *
 * <pre>
 *    0  local      the slab's free list, blocks freed by its owner            word of a BlockList
 *    8  owner      ref of the thread heap that owns the slab, 0 = shared       int
 *   12  trigger    local count at which a free must take the slow path, 0 = never   int
 *                 of a RUN: log2 of its alignment, and RUN_IS_ZERO if it was zero at first
 *   16  sizeClass  0 = this page holds no slab                                 byte
 *   17  kind       FREE, SLAB, RUN                                             byte
 *   18  state      the tier's own: which list the slab is in                   byte
 *   19  groupBack  pages back to the first slab of those claimed together      byte
 *   20  pages      of the first page of a slab or run: its length              int
 *   24  headBack   pages back to the first page of the slab                    int
 *   28  carved     blocks ever handed out of the slab                          int
 *   32  capacity   blocks the slab can hold                                    int
 *   36  next       links of the list the slab is in, refs of descriptors       int
 *   40  previous                                                               int
 *   44  pending    link of the owner's stack of slabs with remote frees        int
 *   48  remote     blocks freed by other threads, lock-free                    word of a BlockList
 *   56  usedBytes  of a RUN: the bytes that were asked for                     long
 * </pre>
 *
 * <p>Every page of a slab is described, for a block may begin in any. A run is one block: its first
 * page alone is described, the others stay FREE, so that neither to take nor to give back a long
 * run writes to more than one line of a cache.
 *
 * <p>Invariant, for each slab, always (D8): {@code carved = in user hands + in caches + local +
 * remote}, where {@code local} includes the blocks of this slab in its owner's active list. {@code
 * used = carved - local - remote}, so a cached block counts as used, and a slab is empty only when
 * no cache can hold one of its blocks. The heap walker of hak.testkit checks it block by block.
 *
 * <p>Fields are written by the slab's owner (or under the lock of a shared tier), except {@code
 * remote} and {@code pending}, which other threads write with atomic operations.
 *
 * @param memory the reservation
 * @param descriptors ref of the descriptor of page 0
 * @param pageClasses ref of a byte for each page: its size class once more, dense, because it is
 *     all that a free into a cache needs to know
 */
public record PageTable(Memory memory, int descriptors, int pageClasses) {
  /** log2 of the size of a page in bytes. */
  public static final int PAGE_SHIFT = 16;

  /** Bytes of a page: 64 KiB. */
  public static final int PAGE_BYTES = 1 << PAGE_SHIFT;

  /** Bytes of a descriptor. */
  public static final int DESCRIPTOR_BYTES = 64;

  /** A page that nobody claimed, or one of a run but its first. */
  public static final byte FREE = 0;

  /** A page of a slab: equal blocks of one size class. */
  public static final byte SLAB = 1;

  /** The first page of a run that is one single block. */
  public static final byte RUN = 2;

  private static final int RUN_IS_ZERO = 1 << 8;
  private static final int DESCRIPTOR_UNITS_SHIFT = 3;
  private static final int PAGE_UNITS_SHIFT = PAGE_SHIFT - UNIT_SHIFT;

  private static final int LOCAL = 0;
  private static final int OWNER = 8;
  private static final int TRIGGER = 12;
  private static final int SIZE_CLASS = 16;
  private static final int KIND = 17;
  private static final int STATE = 18;
  private static final int GROUP_BACK = 19;
  private static final int PAGES = 20;
  private static final int HEAD_BACK = 24;
  private static final int CARVED = 28;
  private static final int CAPACITY = 32;
  private static final int NEXT = 36;
  private static final int PREVIOUS = 40;
  private static final int PENDING = 44;
  private static final int REMOTE = 48;
  private static final int USED_BYTES = 56;

  static {
    if (DESCRIPTOR_BYTES != Memory.UNIT_BYTES << DESCRIPTOR_UNITS_SHIFT
        || REMOTE % 8 != 0
        || PENDING % 4 != 0) {
      throw new ExceptionInInitializerError("descriptor layout");
    }
  }

  /**
   * The descriptor of the page that holds {@code block}; for a slab of several pages not always its
   * head.
   */
  public int descriptorOf(int block) {
    return descriptors + ((block >>> PAGE_UNITS_SHIFT) << DESCRIPTOR_UNITS_SHIFT);
  }

  /** The descriptor of the first page of the slab that holds {@code block}. */
  public int headOf(int block) {
    int descriptor = descriptorOf(block);
    return descriptor - (memory.getInt(descriptor, HEAD_BACK) << DESCRIPTOR_UNITS_SHIFT);
  }

  /** The ref of the first byte of the page that {@code descriptor} describes. */
  public int pageOf(int descriptor) {
    return ((descriptor - descriptors) >>> DESCRIPTOR_UNITS_SHIFT) << PAGE_UNITS_SHIFT;
  }

  /** The size class of the slab that holds {@code block}, 0 when its page holds no slab. */
  public int sizeClassOf(int block) {
    return memory.getByte(pageClasses, block >>> PAGE_UNITS_SHIFT);
  }

  /**
   * Describes the {@code pages} pages from {@code page} on as one slab or run; list fields become
   * empty. Of a run the pages after the first are FREE already.
   *
   * @param page ref of the first page
   * @param sizeClass 0 for a run
   */
  public int describe(int page, int pages, byte kind, int sizeClass, int owner, int capacity) {
    int head = descriptorOf(page);
    memory.putLong(head, LOCAL, BlockList.EMPTY);
    memory.putInt(head, OWNER, owner);
    memory.putInt(head, TRIGGER, 0);
    memory.putByte(head, STATE, (byte) 0);
    memory.putInt(head, PAGES, pages);
    memory.putInt(head, CARVED, 0);
    memory.putInt(head, CAPACITY, capacity);
    memory.putInt(head, NEXT, 0);
    memory.putInt(head, PREVIOUS, 0);
    memory.putInt(head, PENDING, 0);
    memory.putLong(head, REMOTE, BlockList.EMPTY);
    memory.putLong(head, USED_BYTES, 0);
    int described = described(kind, pages);
    for (int i = 0; i < described; i++) {
      int descriptor = after(head, i);
      memory.putInt(descriptor, HEAD_BACK, i);
      memory.putByte(descriptor, KIND, kind);
      setSizeClass(descriptor, sizeClass);
    }
    return head;
  }

  /** Pages that have a descriptor, of a slab or run of so many. */
  private static int described(byte kind, int pages) {
    return kind == RUN ? 1 : pages;
  }

  /** Sets how many pages a run has. */
  void runPages(int head, int pages) {
    memory.putInt(head, PAGES, pages);
  }

  /** Marks the pages of a slab or run as nobody's, given its head. */
  public void forget(int head) {
    int described = described(kind(head), pages(head));
    for (int i = 0; i < described; i++) {
      int descriptor = after(head, i);
      setSizeClass(descriptor, 0);
      memory.putByte(descriptor, KIND, FREE);
      memory.putByte(descriptor, GROUP_BACK, (byte) 0);
    }
  }

  /** Of a run nothing is written to the table that every free reads: there is 0 already. */
  private void setSizeClass(int descriptor, int sizeClass) {
    memory.putByte(descriptor, SIZE_CLASS, (byte) sizeClass);
    int page = (descriptor - descriptors) >>> DESCRIPTOR_UNITS_SHIFT;
    if (memory.getByte(pageClasses, page) != sizeClass) {
      memory.putByte(pageClasses, page, (byte) sizeClass);
    }
  }

  /** The word of the slab's local list. */
  public long local(int descriptor) {
    return memory.getLong(descriptor, LOCAL);
  }

  /** Sets the word of the slab's local list. */
  public void local(int descriptor, long word) {
    memory.putLong(descriptor, LOCAL, word);
  }

  /**
   * Links a block in front of the slab's local list, which is {@code word}: whole or not at all.
   */
  public void pushLocal(int descriptor, long word, int block) {
    BlockList.push(memory, descriptor, LOCAL, word, block);
  }

  /** Ref of the heap that owns the slab. */
  public int owner(int descriptor) {
    return memory.getInt(descriptor, OWNER);
  }

  /** The local count at which a free takes the slow path. */
  public int trigger(int descriptor) {
    return memory.getInt(descriptor, TRIGGER);
  }

  /** Sets the local count at which a free takes the slow path; 0 = never. */
  public void trigger(int descriptor, int count) {
    memory.putInt(descriptor, TRIGGER, count);
  }

  /** The size class of the page. */
  public int sizeClass(int descriptor) {
    return memory.getByte(descriptor, SIZE_CLASS);
  }

  /** FREE, SLAB or RUN. */
  public byte kind(int descriptor) {
    return memory.getByte(descriptor, KIND);
  }

  /** The tier's own state of the slab. */
  public byte state(int descriptor) {
    return memory.getByte(descriptor, STATE);
  }

  /** Sets the tier's own state of the slab. */
  public void state(int descriptor, byte state) {
    memory.putByte(descriptor, STATE, state);
  }

  /** The descriptor of the page so many pages further on, or back. */
  public int after(int descriptor, int pages) {
    return descriptor + (pages << DESCRIPTOR_UNITS_SHIFT);
  }

  /** Pages back to the first of the slabs of one page that were claimed together with this one. */
  public int groupBack(int descriptor) {
    return memory.getByte(descriptor, GROUP_BACK);
  }

  /** Sets how many pages back the first of a group is; 0 = this is the first, or there is none. */
  public void groupBack(int descriptor, int pages) {
    memory.putByte(descriptor, GROUP_BACK, (byte) pages);
  }

  /** Length of the slab or run in pages; of a head only. */
  public int pages(int descriptor) {
    return memory.getInt(descriptor, PAGES);
  }

  /** Pages back to the head of the slab; 0 of the first page of a run. */
  public int headBack(int descriptor) {
    return memory.getInt(descriptor, HEAD_BACK);
  }

  /** Blocks ever handed out of the slab. */
  public int carved(int descriptor) {
    return memory.getInt(descriptor, CARVED);
  }

  /** Sets how many blocks were handed out of the slab. */
  public void carved(int descriptor, int blocks) {
    memory.putInt(descriptor, CARVED, blocks);
  }

  /** Blocks that the slab can hold. */
  public int capacity(int descriptor) {
    return memory.getInt(descriptor, CAPACITY);
  }

  /**
   * Hands out the next block that was never used; 0 when there is none.
   *
   * @param headUnits from the start of the slab to its first block
   * @param strideUnits from a block to the next
   */
  public int carveNext(int descriptor, int headUnits, int strideUnits) {
    int carved = carved(descriptor);
    if (carved == capacity(descriptor)) {
      return 0;
    }
    int block = pageOf(descriptor) + headUnits + carved * strideUnits;
    carved(descriptor, carved + 1);
    return block;
  }

  /** The next descriptor in the list the slab is in. */
  public int next(int descriptor) {
    return memory.getInt(descriptor, NEXT);
  }

  /** Sets the next descriptor. */
  public void next(int descriptor, int next) {
    memory.putInt(descriptor, NEXT, next);
  }

  /** The previous descriptor in the list the slab is in. */
  public int previous(int descriptor) {
    return memory.getInt(descriptor, PREVIOUS);
  }

  /** Sets the previous descriptor. */
  public void previous(int descriptor, int previous) {
    memory.putInt(descriptor, PREVIOUS, previous);
  }

  /** The next slab in the owner's stack of slabs with remote frees. */
  public int pending(int descriptor) {
    return memory.getInt(descriptor, PENDING);
  }

  /** Sets the link of the owner's stack of slabs with remote frees. */
  public void pending(int descriptor, int next) {
    memory.putInt(descriptor, PENDING, next);
  }

  /** The word of the remote list, read volatile. */
  public long remote(int descriptor) {
    return memory.getLongVolatile(descriptor, REMOTE);
  }

  /** Sets the word of the remote list of a slab of which no other thread knows a block. */
  public void remote(int descriptor, long word) {
    memory.putLong(descriptor, REMOTE, word);
  }

  /** Replaces the word of the remote list if it is still {@code expected}. */
  public boolean compareAndSetRemote(int descriptor, long expected, long word) {
    return memory.compareAndSetLong(descriptor, REMOTE, expected, word);
  }

  /** Puts an empty list in place of the remote one and returns what that held. */
  public long takeRemote(int descriptor, long empty) {
    return memory.getAndSetLong(descriptor, REMOTE, empty);
  }

  /** Of a run: the bytes that were asked for. */
  public long usedBytes(int descriptor) {
    return memory.getLong(descriptor, USED_BYTES);
  }

  /** Of a run: sets the bytes that were asked for. */
  public void usedBytes(int descriptor, long bytes) {
    memory.putLong(descriptor, USED_BYTES, bytes);
  }

  /** Of a run: notes what it was allocated with, and whether it was zero then. */
  public void runOrigin(int descriptor, long alignment, boolean isZero) {
    int shift = Long.numberOfTrailingZeros(alignment);
    memory.putInt(descriptor, TRIGGER, isZero ? shift | RUN_IS_ZERO : shift);
  }

  /** Of a run: the alignment that it was allocated with. */
  public long runAlignment(int descriptor) {
    return 1L << (memory.getInt(descriptor, TRIGGER) & ~RUN_IS_ZERO);
  }

  /** Of a run: whether it was zero when it was allocated. */
  public boolean isZeroRun(int descriptor) {
    return (memory.getInt(descriptor, TRIGGER) & RUN_IS_ZERO) != 0;
  }

  // ---- lists of slabs, whose ends are kept by who has the list

  /** Links a slab that is in no list between two neighbours, either of which may be 0. */
  public void linkBetween(int previous, int slab, int next) {
    previous(slab, previous);
    next(slab, next);
    if (previous != 0) {
      next(previous, slab);
    }
    if (next != 0) {
      previous(next, slab);
    }
  }

  /** Links the neighbours of a slab with each other; the slab keeps its own links. */
  public void unlink(int slab) {
    int next = next(slab);
    int previous = previous(slab);
    if (previous != 0) {
      next(previous, next);
    }
    if (next != 0) {
      previous(next, previous);
    }
  }
}
