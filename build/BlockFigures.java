import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import hak.core.Hak;
import hak.core.HakAllocator;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * What blocks cost in time and memory: the figures of docs/BENCHMARKS.md, "Blocks", where the
 * commands are. Arguments: a profile, or {@code libc} for malloc through FFM, which is another
 * allocator's where one is preloaded; then what to measure: {@code pairs}, {@code waste}, {@code
 * zero}, {@code maps}, {@code burst}, {@code stats} or {@code open}, one in a process.
 *
 * <p>Times are processor time, which other load disturbs less than the clock.
 */
final class BlockFigures {
  private static final int ROUNDS = 7;
  private static final int PAIRS = 5_000_000;
  private static final long MIB = 1 << 20;
  private static final long PAGE = 4_096;
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private final Heap heap;

  private BlockFigures(Heap heap) {
    this.heap = heap;
  }

  /** Who is measured. */
  private interface Heap {
    long malloc(long size);

    long malloc(long size, long alignment);

    long calloc(long count, long size);

    void free(long address);

    /** A segment of so many zeroes for as long as an arena is open. */
    MemorySegment allocate(Arena arena, long size);

    Arena arena();
  }

  private record OfHak(HakAllocator allocator) implements Heap {
    @Override
    public long malloc(long size) {
      return allocator.malloc(size);
    }

    @Override
    public long malloc(long size, long alignment) {
      return allocator.malloc(size, alignment);
    }

    @Override
    public long calloc(long count, long size) {
      return allocator.calloc(count, size);
    }

    @Override
    public void free(long address) {
      allocator.free(address);
    }

    @Override
    public MemorySegment allocate(Arena arena, long size) {
      return arena.allocate(size, 8);
    }

    @Override
    public Arena arena() {
      return allocator.arena();
    }
  }

  /** The functions of the C library, which a preloaded allocator takes the place of. */
  private static final class OfLibrary implements Heap {
    private static final Linker LINKER = Linker.nativeLinker();

    /** The lookup of the linker would find those of the C library whatever is preloaded. */
    private static final MethodHandle DLSYM =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("dlsym"),
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));

    private static final MethodHandle MALLOC =
        link("malloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG));
    private static final MethodHandle ALIGNED =
        link("aligned_alloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CALLOC =
        link("calloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FREE = link("free", FunctionDescriptor.ofVoid(ADDRESS));

    private static MethodHandle link(String name, FunctionDescriptor type) {
      try (Arena arena = Arena.ofConfined()) {
        return LINKER.downcallHandle(
            (MemorySegment) DLSYM.invokeExact(MemorySegment.NULL, arena.allocateFrom(name)), type);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public long malloc(long size) {
      try {
        return ((MemorySegment) MALLOC.invokeExact(size)).address();
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public long malloc(long size, long alignment) {
      try {
        return alignment <= 16
            ? malloc(size)
            : ((MemorySegment) ALIGNED.invokeExact(alignment, size)).address();
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public long calloc(long count, long size) {
      try {
        return ((MemorySegment) CALLOC.invokeExact(count, size)).address();
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void free(long address) {
      try {
        FREE.invokeExact(MemorySegment.ofAddress(address));
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public MemorySegment allocate(Arena arena, long size) {
      return MemorySegment.ofAddress(calloc(1, size)).reinterpret(size);
    }

    @Override
    public Arena arena() {
      return Arena.ofConfined();
    }
  }

  public static void main(String[] arguments) throws Exception {
    BlockFigures figures =
        new BlockFigures(
            arguments[0].equals("libc") ? new OfLibrary() : new OfHak(Hak.open(arguments[0])));
    switch (arguments[1]) {
      case "pairs" -> figures.pairs();
      case "waste" -> figures.waste();
      case "zero" -> figures.zero();
      case "maps" -> figures.maps();
      case "burst" -> figures.bursts();
      case "stats" -> stats(arguments[0]);
      case "open" -> open(arguments[0]);
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  // ---- time

  private interface Work {
    void run(int count);
  }

  /** Least and median nanoseconds of processor time for each of so many. */
  private static void printNanos(String what, int count, Work work) {
    double[] nanos = new double[ROUNDS];
    work.run(count);
    for (int round = 0; round < ROUNDS; round++) {
      long begun = CLOCK.getCurrentThreadCpuTime();
      work.run(count);
      nanos[round] = (CLOCK.getCurrentThreadCpuTime() - begun) / (double) count;
    }
    Arrays.sort(nanos);
    System.out.printf("%-36s %,12.1f %,12.1f ns%n", what, nanos[0], nanos[ROUNDS / 2]);
  }

  private void pairs() {
    printNanos(
        "malloc(1000), free",
        PAIRS,
        count -> {
          for (int i = 0; i < count; i++) {
            heap.free(heap.malloc(1_000));
          }
        });
    printNanos(
        "malloc(1000, 8), free",
        PAIRS,
        count -> {
          for (int i = 0; i < count; i++) {
            heap.free(heap.malloc(1_000, 8));
          }
        });
    printNanos(
        "malloc(1024, 64), free",
        PAIRS,
        count -> {
          for (int i = 0; i < count; i++) {
            heap.free(heap.malloc(1_024, 64));
          }
        });
    long[] blocks = new long[256];
    for (long size : new long[] {100, 40_000, 300_000}) {
      printNanos(
          "256 of " + size + " in turns",
          PAIRS / 10,
          count -> {
            for (int i = 0; i < count; i++) {
              int slot = i * 167 & 255;
              if (blocks[slot] != 0) {
                heap.free(blocks[slot]);
              }
              blocks[slot] = heap.malloc(size - (i & 63));
            }
          });
      for (int i = 0; i < blocks.length; i++) {
        heap.free(blocks[i]);
        blocks[i] = 0;
      }
    }
  }

  // ---- memory

  private static long residentBytes() throws IOException {
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]) * PAGE;
  }

  private static void touch(long address, long bytes) {
    for (long at = 0; at < bytes; at += PAGE) {
      MEMORY.set(JAVA_BYTE, address + at, (byte) 1);
    }
    MEMORY.set(JAVA_BYTE, address + bytes - 1, (byte) 1);
  }

  /** Resident bytes for each byte that was asked for and written; freed only at the end. */
  private void waste() throws IOException {
    for (long size :
        new long[] {2_049, 4_097, 8_193, 32_769, 65_537, 131_073, 262_145, 1_048_577}) {
      long count = 256 * MIB / size;
      long before = residentBytes();
      for (long i = 0; i < count; i++) {
        touch(heap.malloc(size), size);
      }
      System.out.printf(
          "resident for a byte of %,9d B: %.3f%n",
          size, (residentBytes() - before) / (double) (count * size));
    }
    for (long alignment : new long[] {256, 4_096, 65_536}) {
      long before = residentBytes();
      for (int i = 0; i < 1_000; i++) {
        touch(heap.malloc(64, alignment), 64);
      }
      System.out.printf(
          "resident for 64 B at %,6d: %.1f KiB%n",
          alignment, (residentBytes() - before) / 1_024.0 / 1_000);
    }
  }

  private void zero() throws IOException {
    long before = residentBytes();
    for (int i = 0; i < 256; i++) {
      heap.calloc(1, MIB);
    }
    System.out.printf(
        "256 x calloc of 1 MiB: %.1f MiB resident%n", (residentBytes() - before) / (double) MIB);
    for (int round = 0; round < 3; round++) {
      long resident = residentBytes();
      long begun = System.nanoTime();
      try (Arena arena = heap.arena()) {
        MemorySegment segment = heap.allocate(arena, 512 * MIB);
        double millis = (System.nanoTime() - begun) / 1e6;
        System.out.printf(
            "512 MiB of zeroes: %.3f ms, %.1f MiB resident%n",
            millis, (residentBytes() - resident) / (double) MIB);
        if (heap instanceof OfLibrary) {
          heap.free(segment.address());
        }
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      long resident = residentBytes();
      long begun = System.nanoTime();
      arena.allocate(512 * MIB, 8);
      System.out.printf(
          "512 MiB of Arena.ofConfined(): %.0f ms, %.1f MiB resident%n",
          (System.nanoTime() - begun) / 1e6, (residentBytes() - resident) / (double) MIB);
    }
  }

  private static long mappings() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.count();
    }
  }

  private void maps() throws IOException {
    long before = mappings();
    for (int i = 0; i < 100_000; i++) {
      heap.malloc(2_200_000);
    }
    System.out.printf("100,000 blocks of 2,200,000 B: %,d mappings%n", mappings() - before);
  }

  /** A GiB is written and freed but for some; what is left two seconds after, without a call. */
  private void bursts() throws Exception {
    burst("dense", false, false, i -> false);
    burst("one block of each MiB lives", false, false, i -> i % 262 == 0);
    burst("freed by another thread", true, false, i -> false);
    burst("freed by another, owner dead", true, true, i -> false);
  }

  private void burst(String shape, boolean byOther, boolean dead, IntPredicate lives)
      throws Exception {
    long before = residentBytes();
    long[] blocks = new long[262_144];
    Runnable fill =
        () -> {
          for (int i = 0; i < blocks.length; i++) {
            blocks[i] = heap.malloc(4_000);
            touch(blocks[i], 4_000);
          }
        };
    if (byOther) {
      fillByAnother(fill, dead);
    } else {
      fill.run();
    }
    long full = residentBytes() - before;
    List<Long> live = new ArrayList<>();
    for (int i = 0; i < blocks.length; i++) {
      if (lives.test(i)) {
        live.add(blocks[i]);
      } else {
        heap.free(blocks[i]);
      }
    }
    Thread.sleep(2_000);
    System.out.printf(
        "%-32s %,6d MiB written, %,6.1f left after 2 s%n",
        shape, full / MIB, (residentBytes() - before) / (double) MIB);
    live.forEach(heap::free);
  }

  /** A thread that is dead then, or waits. */
  private static void fillByAnother(Runnable fill, boolean dead) throws InterruptedException {
    CountDownLatch filled = new CountDownLatch(1);
    Thread owner =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              fill.run();
              filled.countDown();
              if (!dead) {
                LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1));
              }
            });
    filled.await();
    if (dead) {
      owner.join();
    }
  }

  // ---- of a stack alone

  private static void stats(String profile) {
    HakAllocator allocator = Hak.open(profile);
    for (int i = 0; i < 200_000; i++) {
      allocator.malloc(16 + i % 1_000);
    }
    long[] sum = new long[1];
    printNanos(
        "stats() of 200,000 blocks",
        1_000,
        count -> {
          for (int i = 0; i < count; i++) {
            sum[0] += allocator.stats().liveBytes();
          }
        });
    printNanos(
        "liveBytes() of 200,000 blocks",
        100_000,
        count -> {
          for (int i = 0; i < count; i++) {
            sum[0] += allocator.liveBytes();
          }
        });
    System.out.println(sum[0] > 0 ? "" : "nothing lives");
  }

  private static void open(String profile) throws IOException {
    List<HakAllocator> open = new ArrayList<>();
    open.add(Hak.open(profile));
    long before = residentBytes();
    long begun = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      open.add(Hak.open(profile));
    }
    System.out.printf(
        "1,000 open stacks: %.1f ms and %,d KiB resident each%n",
        (System.nanoTime() - begun) / 1e9, (residentBytes() - before) / 1_024 / 1_000);
    for (int i = 0; i < 1_000; i++) {
      open.get(i).free(open.get(i).malloc(100));
    }
    System.out.printf(
        "after a malloc in each: %,d KiB resident each%n",
        (residentBytes() - before) / 1_024 / 1_000);
    open.forEach(HakAllocator::close);
  }
}
