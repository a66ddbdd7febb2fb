package hak.bench.trace;

/**
 * A sequence of allocator calls, ready to be replayed: one {@code long} for each.
 *
 * <pre>
 *   63               32 31              3 2     0
 *   |     argument     |      slot       |  op   |
 * </pre>
 *
 * <p>A block lives in a slot of a table of {@link #slots} addresses. A block gets the slot that
 * became free last, so the table is no larger than the number of blocks alive at once; a
 * reallocated block keeps its slot.
 *
 * <table>
 * <caption>Operations</caption>
 * <tr><th>op</th><th>argument</th></tr>
 * <tr><td>{@link #MALLOC}, {@link #CALLOC}, {@link #REALLOC}</td><td>size in bytes, unsigned</td></tr>
 * <tr><td>{@link #ALIGNED}</td><td>6 bits log2 of the alignment, 26 bits size</td></tr>
 * <tr><td>{@link #FREE}</td><td>0</td></tr>
 * <tr><td>{@link #MOVE}</td><td>the slot that the block goes to; no call</td></tr>
 * <tr><td>{@link #WIDE}</td><td>index into {@link #wide}: one of the others, with a size too large for the above</td>
 * </tr>
 * </table>
 *
 * <p>Some operations are no calls of the allocator: {@link #MOVE}, and in the side table alone
 * {@link #WRITE}, and {@link #POST} and {@link #AWAIT}, which name a channel instead of a slot.
 * Only the parts of a {@link ParallelProgram} have them.
 *
 * <p>The arrays are shared with the replaying loops and must not be changed.
 */
public final class Program {
  /** Allocate. */
  public static final int MALLOC = 0;

  /** Allocate zeroed memory. */
  public static final int CALLOC = 1;

  /** Allocate at a multiple of a power of two. */
  public static final int ALIGNED = 2;

  /** Free the block in the slot. */
  public static final int FREE = 3;

  /** Change the size of the block in the slot. */
  public static final int REALLOC = 4;

  /** One of the others; operation, alignment and size are in the side table. */
  public static final int WIDE = 5;

  /** Move the block in the slot to another slot. */
  public static final int MOVE = 6;

  /** Count a channel up by one: what this thread did before, whoever awaits the count can see. */
  public static final int POST = 8;

  /** Wait until a channel has counted up to the number where others have their size. */
  public static final int AWAIT = 9;

  /** Write the first byte of the block in the slot, as often as the number in place of a size. */
  public static final int WRITE = 10;

  /** Largest size, in bytes, of any block. */
  public static final long MAX_SIZE_BYTES = 1L << 40;

  static final int SLOT_SHIFT = 3;
  static final int MAX_SLOTS = 1 << 29;
  static final int ALIGNED_SIZE_BITS = 26;
  static final int WIDE_LOG2_SHIFT = 48;
  static final int WIDE_OP_SHIFT = 56;

  private final long[] events;
  private final long[] wide;
  private final int[] leftover;
  private final int slots;
  private final long peakLiveBytes;
  private final long largestBytes;
  private final boolean touches;

  Program(
      long[] events,
      long[] wide,
      int[] leftover,
      int slots,
      long peakLiveBytes,
      long largestBytes,
      boolean touches) {
    this.events = events;
    this.wide = wide;
    this.leftover = leftover;
    this.slots = slots;
    this.peakLiveBytes = peakLiveBytes;
    this.largestBytes = largestBytes;
    this.touches = touches;
  }

  /** The operation of an event. */
  public static int op(long event) {
    return (int) event & 7;
  }

  /** The slot of an event. */
  public static int slot(long event) {
    return (int) event >>> SLOT_SHIFT;
  }

  /** The argument of an event. */
  public static long argument(long event) {
    return event >>> 32;
  }

  /** The size in the argument of an {@link #ALIGNED} event. */
  public static long alignedSize(long argument) {
    return argument & ((1 << ALIGNED_SIZE_BITS) - 1);
  }

  /** The alignment in the argument of an {@link #ALIGNED} event. */
  public static long alignment(long argument) {
    return 1L << (argument >>> ALIGNED_SIZE_BITS);
  }

  /** The operation in an entry of the side table. */
  public static int wideOp(long entry) {
    return (int) (entry >>> WIDE_OP_SHIFT);
  }

  /** The alignment in an entry of the side table. */
  public static long wideAlignment(long entry) {
    return 1L << (entry >>> WIDE_LOG2_SHIFT);
  }

  /** The size in an entry of the side table. */
  public static long wideSize(long entry) {
    return entry & ((1L << WIDE_LOG2_SHIFT) - 1);
  }

  /** The events. */
  public long[] events() {
    return events;
  }

  /** The side table. */
  public long[] wide() {
    return wide;
  }

  /** The slots of the blocks that are alive after the last event, to be freed by the replayer. */
  public int[] leftover() {
    return leftover;
  }

  /** Size of the table of addresses: the most blocks alive at once. */
  public int slots() {
    return slots;
  }

  /** The most bytes alive at once, as asked for. */
  public long peakLiveBytes() {
    return peakLiveBytes;
  }

  /** The largest size of any block, in bytes. */
  public long largestBytes() {
    return largestBytes;
  }

  /** Whether the first and the last byte of each block are written. */
  public boolean touches() {
    return touches;
  }

  /** How many of the events from {@code from} up to {@code to} are calls of the allocator. */
  public int calls(int from, int to) {
    int calls = 0;
    for (int i = from; i < to; i++) {
      int op = op(events[i]);
      boolean none = op == MOVE || (op == WIDE && wideOp(wide[(int) argument(events[i])]) >= POST);
      calls += none ? 0 : 1;
    }
    return calls;
  }

  /**
   * The same program with sizes above {@code limitBytes} replaced by that; for loops that allocate
   * nothing.
   */
  public Program withSizesUpTo(int limitBytes) {
    if (largestBytes <= limitBytes) {
      return this;
    }
    long[] clipped = new long[events.length];
    for (int i = 0; i < events.length; i++) {
      clipped[i] = clip(events[i], limitBytes);
    }
    return new Program(clipped, wide, leftover, slots, peakLiveBytes, limitBytes, touches);
  }

  private long clip(long event, int limitBytes) {
    int op = op(event);
    long argument = argument(event);
    long size;
    long log2 = 0;
    switch (op) {
      case FREE, MOVE -> {
        return event;
      }
      case ALIGNED -> {
        size = alignedSize(argument);
        log2 = argument >>> ALIGNED_SIZE_BITS;
      }
      case WIDE -> {
        long entry = wide[(int) argument];
        op = wideOp(entry);
        if (op >= POST) {
          return event;
        }
        size = wideSize(entry);
        log2 = Long.numberOfTrailingZeros(wideAlignment(entry));
      }
      default -> size = argument;
    }
    return EventList.plainEvent(op, slot(event), (int) log2, Math.min(size, limitBytes));
  }
}
