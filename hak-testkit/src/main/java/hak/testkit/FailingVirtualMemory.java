package hak.testkit;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.OtherSystem;
import hak.core.memory.VirtualMemory;
import hak.core.os.LinuxVirtualMemory;
import hak.core.profile.Profile;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An operating system that refuses memory at a chosen call, and keeps books of what is mapped.
 *
 * <p>Every call is counted, also those that fail. {@link #failOnce} and {@link #failFrom} count
 * from the next call on. A refused call changes nothing. Giving back what is not mapped, wholly or
 * in part, is remembered and reported by {@link #assertSound}; so is any call on addresses that are
 * not mapped. Any thread may call.
 *
 * <p>Needs the Java heap, if at all, before the kernel is called: the books are right even where
 * the heap ends, and then the call throws and nothing has changed.
 *
 * <p>It reaches what was mapped through it and nothing else: this module is exported to everybody,
 * and the kernel itself is for hak.core to call.
 */
public final class FailingVirtualMemory implements VirtualMemory {
  /** What can be asked of the system. */
  public enum Call {
    RESERVE,
    COMMIT,
    ALLOW_READ,
    PURGE,
    MAP,
    UNMAP,
    ADVISE_HUGE,
    ADVISE_SMALL,
    RESIDENT
  }

  private static final long PAGE = 4096;

  /** Itself, and one more if a part in the middle is unmapped. */
  private static final int RANGES_OF_A_MAPPING = 2;

  private final VirtualMemory system = new LinuxVirtualMemory();
  private final Set<Call> mayFail;
  private final Map<Call, AtomicLong> counts = new EnumMap<>(Call.class);
  private final MappedRanges mapped = new MappedRanges();
  private long callsBeforeFailure = Long.MAX_VALUE;
  private long reservableBytes = Long.MAX_VALUE;
  private boolean failsOn;
  private long candidates;
  private long failures;
  private String firstMistake;

  /** Passes everything to the kernel; every kind of call may be made to fail. */
  public FailingVirtualMemory() {
    this(EnumSet.allOf(Call.class));
  }

  /** Passes everything to the kernel; only calls of these kinds count and fail. */
  public FailingVirtualMemory(Set<Call> mayFail) {
    this.mayFail = Set.copyOf(mayFail);
    for (Call call : Call.values()) {
      counts.put(call, new AtomicLong());
    }
  }

  /**
   * Opens a stack that takes its memory here.
   *
   * @throws hak.core.profile.ProfileException naming every error
   * @throws OutOfMemoryError if a call fails that the stack cannot do without
   */
  public HakAllocator open(Profile profile) {
    return OtherSystem.with(this, () -> Hak.open(profile));
  }

  /** Makes one call fail: the {@code n}-th from now on, 1 = the next. */
  public synchronized void failOnce(long n) {
    callsBeforeFailure = n - 1;
    failsOn = false;
  }

  /** Makes every call fail from the {@code n}-th from now on, 1 = the next. */
  public synchronized void failFrom(long n) {
    callsBeforeFailure = n - 1;
    failsOn = true;
  }

  /** Refuses to reserve more than {@code bytes} at a time, as under a limit of address space. */
  public synchronized void limitReservations(long bytes) {
    reservableBytes = bytes;
  }

  /** Lets every call through again. */
  public synchronized void succeed() {
    callsBeforeFailure = Long.MAX_VALUE;
    reservableBytes = Long.MAX_VALUE;
    failsOn = false;
  }

  private boolean fails(Call call) {
    counts.get(call).incrementAndGet();
    if (!mayFail.contains(call)) {
      return false;
    }
    candidates++;
    if (callsBeforeFailure > 0) {
      callsBeforeFailure--;
      return false;
    }
    if (!failsOn) {
      callsBeforeFailure = Long.MAX_VALUE;
    }
    failures++;
    return true;
  }

  private void mistake(Call call, long address, long bytes, String what) {
    if (firstMistake == null) {
      firstMistake =
          String.format(
              "%s of 0x%x..0x%x (%,d B): %s",
              call.name().toLowerCase(Locale.ROOT), address, address + bytes, bytes, what);
    }
  }

  private void requireWholePages(Call call, long address, long bytes) {
    if (bytes <= 0 || ((address | bytes) & (PAGE - 1)) != 0) {
      mistake(call, address, bytes, "address and length must be multiples of " + PAGE);
    }
  }

  private boolean isMapped(Call call, long address, long bytes) {
    requireWholePages(call, address, bytes);
    boolean whole = mapped.contains(address, bytes);
    if (!whole) {
      mistake(call, address, bytes, "not mapped, at least in part; there is " + mapped);
    }
    return whole;
  }

  @Override
  public synchronized long reserve(long bytes) {
    mapped.reserve(RANGES_OF_A_MAPPING);
    return fails(Call.RESERVE) || bytes > reservableBytes
        ? 0
        : added(Call.RESERVE, system.reserve(bytes), bytes);
  }

  @Override
  public synchronized long map(long bytes) {
    mapped.reserve(RANGES_OF_A_MAPPING);
    return fails(Call.MAP) ? 0 : added(Call.MAP, system.map(bytes), bytes);
  }

  private long added(Call call, long address, long bytes) {
    if (address != 0) {
      requireWholePages(call, address, bytes);
      mapped.add(address, bytes);
    }
    return address;
  }

  @Override
  public synchronized boolean commit(long address, long bytes) {
    return !fails(Call.COMMIT)
        && isMapped(Call.COMMIT, address, bytes)
        && system.commit(address, bytes);
  }

  @Override
  public synchronized boolean allowRead(long address, long bytes) {
    return !fails(Call.ALLOW_READ)
        && isMapped(Call.ALLOW_READ, address, bytes)
        && system.allowRead(address, bytes);
  }

  @Override
  public synchronized boolean purge(long address, long bytes) {
    return !fails(Call.PURGE)
        && isMapped(Call.PURGE, address, bytes)
        && system.purge(address, bytes);
  }

  @Override
  public synchronized boolean adviseHuge(long address, long bytes) {
    return !fails(Call.ADVISE_HUGE)
        && isMapped(Call.ADVISE_HUGE, address, bytes)
        && system.adviseHuge(address, bytes);
  }

  @Override
  public synchronized boolean adviseSmall(long address, long bytes) {
    return !fails(Call.ADVISE_SMALL)
        && isMapped(Call.ADVISE_SMALL, address, bytes)
        && system.adviseSmall(address, bytes);
  }

  @Override
  public synchronized boolean hasNoMemory(long address) {
    return !fails(Call.RESIDENT)
        && isMapped(Call.RESIDENT, address, PAGE)
        && system.hasNoMemory(address);
  }

  @Override
  public synchronized long residentBytes(long address, long bytes) {
    return !fails(Call.RESIDENT) && isMapped(Call.RESIDENT, address, bytes)
        ? system.residentBytes(address, bytes)
        : -1;
  }

  @Override
  public synchronized boolean unmap(long address, long bytes) {
    if (fails(Call.UNMAP) || !isMapped(Call.UNMAP, address, bytes)) {
      return false;
    }
    mapped.reserve(1);
    boolean done = system.unmap(address, bytes);
    if (done) {
      mapped.remove(address, bytes);
      notifyAll();
    }
    return done;
  }

  @Override
  public synchronized long callCount() {
    return system.callCount();
  }

  /** How many calls of a kind were made, those that failed included. */
  public synchronized long count(Call call) {
    return counts.get(call).get();
  }

  /** How many calls were made of those kinds that may fail. */
  public synchronized long candidateCount() {
    return candidates;
  }

  /** How many calls were made to fail. */
  public synchronized long failureCount() {
    return failures;
  }

  /** Whether all of a range of addresses is mapped or reserved now. */
  public synchronized boolean isMapped(long address, long bytes) {
    return mapped.contains(address, bytes);
  }

  /** Bytes mapped or reserved now. */
  public synchronized long mappedBytes() {
    return mapped.bytes();
  }

  /**
   * Checks that no call named addresses that were not mapped.
   *
   * @throws AssertionError naming the first such call
   */
  public synchronized void assertSound() {
    if (firstMistake != null) {
      throw new AssertionError(firstMistake);
    }
  }

  /**
   * Checks that everything was given back, once.
   *
   * @throws AssertionError naming what is still mapped, or the first call on what was not
   */
  public synchronized void assertNothingMapped() {
    assertSound();
    if (mapped.bytes() != 0) {
      throw new AssertionError(String.format("%,d B are still mapped: %s", mapped.bytes(), mapped));
    }
  }

  /**
   * Waits until everything was given back: a closed stack unmaps when nothing can reach it any
   * more, so the garbage collector is asked to look.
   *
   * @throws AssertionError as {@link #assertNothingMapped}, after ten seconds
   */
  public synchronized void awaitNothingMapped() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (mapped.bytes() != 0 && System.nanoTime() < deadline) {
      System.gc();
      wait(20);
    }
    assertNothingMapped();
  }
}
