package hak.store;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a store is created and opened. Capacity, objects, processes, growth step and eviction are
 * written into the file when it is created; who opens it later gets what is there.
 *
 * @param capacityBytes limit of the data: 4 KiB to 4 TiB; an object takes whole units of 64 bytes
 *     up to 64 GiB, of twice as many for each doubling of that
 * @param objectLimit most objects at a time: 1 to 1,048,576
 * @param processLimit most processes at a time: 1 to 255
 * @param growthBytes by how much the file grows at a time, 4 KiB to the capacity; more is taken for
 *     a larger object, in pieces of at most 64 MiB
 * @param eviction whether a full store deletes the objects that were used least recently
 * @param create whether the file is created when it does not exist
 * @param lockTimeout how long a call waits for a lock that a living process holds, more than 0
 * @param copyThreads most threads that copy or add up one object, the caller and threads of the
 *     common pool, 1 or more; others than the caller take part from 1 MiB on when objects follow
 *     each other closely and from 16 MiB on always, fewer while others of the store's users copy
 * @param marginBytes what growing leaves free, 0 or more, but at most a sixteenth of the whole: in
 *     the file system, and for one in memory on the machine and in the memory limit of the
 *     container
 * @param purgeDelay how long a stretch of free space stays before its memory is given back to the
 *     system, 0 or more; ten years are for ever
 * @param purgeBytes the shortest stretch that is given back, 4 KiB or more
 * @param sharing who beside its owner may use a store that is created, and which files are opened
 * @param lostViews what becomes of views that are never closed; of several handles of one process
 *     the first decides
 */
public record StoreOptions(
    long capacityBytes,
    int objectLimit,
    int processLimit,
    long growthBytes,
    boolean eviction,
    boolean create,
    Duration lockTimeout,
    int copyThreads,
    long marginBytes,
    Duration purgeDelay,
    long purgeBytes,
    Sharing sharing,
    LostViews lostViews) {
  /** Most bytes that a store can hold: 4 TiB. */
  public static final long MAX_CAPACITY_BYTES = 4L << 40;

  /** Most objects that a store can hold. */
  public static final int MAX_OBJECTS = 1 << 20;

  /** Most processes that can have a store open. */
  public static final int MAX_PROCESSES = 255;

  /** Most threads that copy one object. */
  public static final int MAX_COPY_THREADS = 4;

  /** Least capacity and least step of growth: 4 KiB. */
  public static final long MIN_CAPACITY_BYTES = 4096;

  /**
   * 4 GiB, 10,000 objects, 64 processes, steps of 64 MiB, no eviction, created when absent, 10 s
   * for a lock, 4 threads, 64 MiB left free, shared with nobody, lost views ignored.
   */
  public static final StoreOptions DEFAULT =
      new StoreOptions(
          4L << 30,
          10_000,
          64,
          64L << 20,
          false,
          true,
          Duration.ofSeconds(10),
          4,
          64L << 20,
          Duration.ofSeconds(10),
          1L << 20,
          Sharing.NOBODY,
          LostViews.IGNORED);

  /**
   * Checks the ranges; a growth step beyond the capacity becomes the capacity.
   *
   * @throws IllegalArgumentException when a value is outside its range
   */
  public StoreOptions {
    check("capacityBytes", capacityBytes, MIN_CAPACITY_BYTES, MAX_CAPACITY_BYTES);
    check("objectLimit", objectLimit, 1, MAX_OBJECTS);
    check("processLimit", processLimit, 1, MAX_PROCESSES);
    check("growthBytes", growthBytes, MIN_CAPACITY_BYTES, MAX_CAPACITY_BYTES);
    growthBytes = Math.min(growthBytes, capacityBytes);
    if (lockTimeout.isNegative() || lockTimeout.isZero()) {
      throw new IllegalArgumentException("lockTimeout is not more than 0: " + lockTimeout);
    }
    check("copyThreads", copyThreads, 1, MAX_COPY_THREADS);
    check("marginBytes", marginBytes, 0, Long.MAX_VALUE);
    if (purgeDelay.isNegative()) {
      throw new IllegalArgumentException("purgeDelay is less than 0: " + purgeDelay);
    }
    check("purgeBytes", purgeBytes, MIN_CAPACITY_BYTES, Long.MAX_VALUE);
    Objects.requireNonNull(sharing, "sharing");
    Objects.requireNonNull(lostViews, "lostViews");
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed are " + least + " to " + most);
    }
  }

  /** Options of which some are being changed; what is wrong is found when they are made. */
  private static final class Draft {
    private long capacityBytes;
    private int objectLimit;
    private int processLimit;
    private long growthBytes;
    private boolean eviction;
    private boolean create;
    private Duration lockTimeout;
    private int copyThreads;
    private long marginBytes;
    private Duration purgeDelay;
    private long purgeBytes;
    private Sharing sharing;
    private LostViews lostViews;

    Draft(StoreOptions from) {
      capacityBytes = from.capacityBytes;
      objectLimit = from.objectLimit;
      processLimit = from.processLimit;
      growthBytes = from.growthBytes;
      eviction = from.eviction;
      create = from.create;
      lockTimeout = from.lockTimeout;
      copyThreads = from.copyThreads;
      marginBytes = from.marginBytes;
      purgeDelay = from.purgeDelay;
      purgeBytes = from.purgeBytes;
      sharing = from.sharing;
      lostViews = from.lostViews;
    }

    StoreOptions options() {
      return new StoreOptions(
          capacityBytes,
          objectLimit,
          processLimit,
          growthBytes,
          eviction,
          create,
          lockTimeout,
          copyThreads,
          marginBytes,
          purgeDelay,
          purgeBytes,
          sharing,
          lostViews);
    }
  }

  private StoreOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** These options with another capacity. */
  public StoreOptions withCapacityBytes(long bytes) {
    return with(draft -> draft.capacityBytes = bytes);
  }

  /** These options with another limit of objects. */
  public StoreOptions withObjectLimit(int objects) {
    return with(draft -> draft.objectLimit = objects);
  }

  /** These options with another limit of processes. */
  public StoreOptions withProcessLimit(int processes) {
    return with(draft -> draft.processLimit = processes);
  }

  /** These options with another step of growth. */
  public StoreOptions withGrowthBytes(long bytes) {
    return with(draft -> draft.growthBytes = bytes);
  }

  /** These options with or without eviction. */
  public StoreOptions withEviction(boolean evict) {
    return with(draft -> draft.eviction = evict);
  }

  /** These options for a file that must exist, or may be created. */
  public StoreOptions withCreate(boolean createWhenAbsent) {
    return with(draft -> draft.create = createWhenAbsent);
  }

  /** These options with another patience for locks. */
  public StoreOptions withLockTimeout(Duration timeout) {
    return with(draft -> draft.lockTimeout = timeout);
  }

  /** These options with another number of threads that copy one object. */
  public StoreOptions withCopyThreads(int threads) {
    return with(draft -> draft.copyThreads = threads);
  }

  /** These options with another margin that growing leaves free. */
  public StoreOptions withMarginBytes(long bytes) {
    return with(draft -> draft.marginBytes = bytes);
  }

  /** These options with another rule of when free space is given back. */
  public StoreOptions withPurge(Duration delay, long leastBytes) {
    return with(draft -> {
      draft.purgeDelay = delay;
      draft.purgeBytes = leastBytes;
    });
  }

  /** These options for a store that others may use too. */
  public StoreOptions withSharing(Sharing whom) {
    return with(draft -> draft.sharing = whom);
  }

  /** These options with another way to treat views that are never closed. */
  public StoreOptions withLostViews(LostViews treated) {
    return with(draft -> draft.lostViews = treated);
  }
}
