import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.StackOptions;
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
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What threads cost: the figures of docs/BENCHMARKS.md, "Threads", where the commands are.
 * Arguments: a profile, or {@code libc} for malloc through FFM, which is another allocator's where
 * one is preloaded; then what to measure, one in a process: {@code virtual}, {@code collide},
 * {@code dead THREADS}, {@code idle THREADS [all]}, {@code sparse} or {@code sleeper}.
 *
 * <p>Times are processor time, which other load disturbs less than the clock.
 */
final class ThreadFigures {
  private static final int PAIRS = 5_000_000;
  private static final int ROUNDS = 5;
  private static final int GROUP = 64;
  private static final long MIB = 1 << 20;
  private static final long STACK_BYTES = 256 << 10;

  /** Who is measured. */
  private interface Heap {
    long malloc(long size);

    void free(long address);

    void trim();
  }

  private record OfHak(HakAllocator allocator) implements Heap {
    @Override
    public long malloc(long size) {
      return allocator.malloc(size);
    }

    @Override
    public void free(long address) {
      allocator.free(address);
    }

    @Override
    public void trim() {
      allocator.trim();
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
    private static final MethodHandle FREE = link("free", FunctionDescriptor.ofVoid(ADDRESS));

    /** Of mimalloc, where it is preloaded; else null. */
    private static final MethodHandle COLLECT =
        link("mi_collect", FunctionDescriptor.ofVoid(JAVA_INT));

    private static final MethodHandle TRIM =
        link("malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    private static MethodHandle link(String name, FunctionDescriptor type) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment found =
            (MemorySegment) DLSYM.invokeExact(MemorySegment.NULL, arena.allocateFrom(name));
        return found.address() == 0 ? null : LINKER.downcallHandle(found, type);
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
    public void free(long address) {
      try {
        FREE.invokeExact(MemorySegment.ofAddress(address));
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void trim() {
      try {
        if (COLLECT != null) {
          COLLECT.invokeExact(1);
        } else {
          int given = (int) TRIM.invokeExact(0L);
        }
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  private final Heap heap;

  private ThreadFigures(Heap heap) {
    this.heap = heap;
  }

  public static void main(String[] arguments) throws Exception {
    int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    ThreadFigures figures =
        new ThreadFigures(
            arguments[0].equals("libc")
                ? new OfLibrary()
                : new OfHak(openFor(arguments[0], threads)));
    switch (arguments[1]) {
      case "virtual" -> figures.virtual();
      case "collide" -> figures.collide();
      case "dead" -> figures.dead(threads);
      case "idle" -> figures.idle(threads, arguments.length > 3);
      case "sparse" -> figures.sparse();
      case "sleeper" -> figures.sleeper();
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private static HakAllocator openFor(String profile, int threads) {
    long most = Math.max(threads, 256);
    return Hak.open(Hak.profile(profile).with(StackOptions.THREADS, most));
  }

  // ---- time

  private void pairs(int count) {
    for (int i = 0; i < count; i++) {
      heap.free(heap.malloc(64));
    }
  }

  /** Processor time of the process for a pair, in ns. */
  private double pairNanos(Thread.Builder kind, int threads, int pairs)
      throws InterruptedException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long begun = system.getProcessCpuTime();
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      started.add(kind.start(() -> pairs(pairs)));
    }
    for (Thread thread : started) {
      thread.join();
    }
    return (system.getProcessCpuTime() - begun) / (double) pairs / threads;
  }

  private void virtual() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf(
          "pair in ns: virtual thread %.0f, two at once %.0f, 1,000 %.0f, platform thread %.0f%n",
          pairNanos(Thread.ofVirtual(), 1, PAIRS),
          pairNanos(Thread.ofVirtual(), 2, PAIRS),
          pairNanos(Thread.ofVirtual(), 1_000, PAIRS / 500),
          pairNanos(Thread.ofPlatform(), 1, PAIRS));
    }
  }

  /** A thread with the slot of this one, which lives. */
  private void collide() throws InterruptedException {
    int slots = 1 << 16;
    long mine = Thread.currentThread().threadId() % slots;
    pairs(1);
    for (int round = 0; round < ROUNDS; round++) {
      while ((Thread.ofVirtual().unstarted(() -> {}).threadId() + 1) % slots != mine) {
        Thread.onSpinWait(); // each takes an id
      }
      double nanos = pairNanos(Thread.ofPlatform(), 1, PAIRS);
      System.out.printf(
          "pair in ns: collided %.0f, not %.0f%n", nanos, pairNanos(Thread.ofPlatform(), 1, PAIRS));
    }
  }

  // ---- threads that were, and threads that wait

  private void useTenSizes() {
    long[] blocks = new long[10];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = heap.malloc(16L << i);
    }
    for (long block : blocks) {
      heap.free(block);
    }
  }

  private void useAllSizes() {
    List<Long> blocks = new ArrayList<>();
    for (long size = 16; size <= 32 << 10; size += Math.max(16, size / 8)) {
      blocks.add(heap.malloc(size));
    }
    blocks.forEach(heap::free);
  }

  /** Threads that do their work once this one says so, and then wait until it lets them go. */
  private record Crew(
      CountDownLatch ready,
      CountDownLatch go,
      CountDownLatch done,
      CountDownLatch end,
      List<Thread> threads) {
    static Crew start(int count, Runnable work) throws InterruptedException {
      Crew crew =
          new Crew(
              new CountDownLatch(count),
              new CountDownLatch(1),
              new CountDownLatch(count),
              new CountDownLatch(1),
              new ArrayList<>());
      for (int i = 0; i < count; i++) {
        Thread thread = new Thread(null, () -> crew.run(work), "crew", STACK_BYTES);
        crew.threads.add(thread);
        thread.start();
      }
      crew.ready.await();
      return crew;
    }

    private void run(Runnable work) {
      try {
        ready.countDown();
        go.await();
        work.run();
        done.countDown();
        end.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void work() throws InterruptedException {
      go.countDown();
      done.await();
    }

    void dismiss() throws InterruptedException {
      end.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private void dead(int threads) throws InterruptedException {
    Crew crew = Crew.start(threads, this::useTenSizes);
    crew.work();
    crew.dismiss();
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    int groups = 1_500;
    long longest = 0;
    long begun = thread.getCurrentThreadCpuTime();
    long before = begun;
    for (int group = 0; group < groups; group++) {
      for (int i = 0; i < GROUP; i++) {
        heap.malloc(4_096);
      }
      long now = thread.getCurrentThreadCpuTime();
      longest = Math.max(longest, now - before);
      before = now;
    }
    System.out.printf(
        "%,d dead threads: a block of 4 KiB %.2f us, the longest %d %.2f ms%n",
        threads, (before - begun) / 1e3 / groups / GROUP, GROUP, longest / 1e6);
  }

  private void idle(int threads, boolean allSizes) throws Exception {
    Runnable work = allSizes ? this::useAllSizes : this::useTenSizes;
    work.run();
    Crew crew = Crew.start(threads, work);
    System.gc();
    long before = residentBytes();
    crew.work();
    long used = residentBytes() - before;
    heap.trim();
    long trimmed = residentBytes() - before;
    System.out.printf(
        "%,d waiting threads, %s sizes: %,d KiB each, after trim() %,d%n",
        threads, allSizes ? "all" : "ten", (used >> 10) / threads, (trimmed >> 10) / threads);
    crew.dismiss();
  }

  // ---- memory that goes back

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no VmRSS");
  }

  private long[] fill(int count, int bytes) {
    long[] blocks = new long[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = heap.malloc(bytes);
      MemorySegment.ofAddress(blocks[i]).reinterpret(bytes).fill((byte) 1);
    }
    return blocks;
  }

  private static void printKept(String what, long before, long used) throws IOException {
    System.out.printf(
        "%s: %,d MiB, after trim() %,d%n",
        what, (used - before) / MIB, (residentBytes() - before) / MIB);
  }

  /** One block lives in each MiB. */
  private void sparse() throws IOException {
    long before = residentBytes();
    long[] blocks = fill(1 << 14, 60_000);
    long used = residentBytes();
    for (int i = 0; i < blocks.length; i++) {
      if (i % 16 != 5) {
        heap.free(blocks[i]);
      }
    }
    heap.trim();
    printKept("one block of each MiB lives", before, used);
  }

  /** A thread sleeps while this one frees its blocks. */
  private void sleeper() throws Exception {
    long before = residentBytes();
    long[][] blocks = new long[1][];
    Crew crew = Crew.start(1, () -> blocks[0] = fill(1 << 20, 1_000));
    crew.work();
    long used = residentBytes();
    for (long block : blocks[0]) {
      heap.free(block);
    }
    heap.trim();
    printKept("another freed what a sleeping thread had", before, used);
    crew.dismiss();
  }
}
