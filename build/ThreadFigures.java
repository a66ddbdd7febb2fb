import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.StackOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What threads cost in the default profile: the figures of docs/BENCHMARKS.md, "Threads", where the
 * command is. Arguments: {@code virtual}, {@code collide}, {@code dead THREADS}, {@code idle
 * THREADS [all]}, {@code sparse} or {@code sleeper}.
 *
 * <p>Times are processor time, which other load disturbs less than the clock.
 */
final class ThreadFigures {
  private static final int PAIRS = 5_000_000;
  private static final int ROUNDS = 5;
  private static final int GROUP = 64;
  private static final long MIB = 1 << 20;
  private static final long STACK_BYTES = 256 << 10;

  public static void main(String[] arguments) throws Exception {
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    switch (arguments[0]) {
      case "virtual" -> virtual();
      case "collide" -> collide();
      case "dead" -> dead(threads);
      case "idle" -> idle(threads, arguments.length > 2);
      case "sparse" -> sparse();
      case "sleeper" -> sleeper();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  // ---- time

  private static void pairs(HakAllocator allocator, int count) {
    for (int i = 0; i < count; i++) {
      allocator.free(allocator.malloc(64));
    }
  }

  /** Processor time of the process for a pair, in ns. */
  private static double pairNanos(
      HakAllocator allocator, Thread.Builder kind, int threads, int pairs)
      throws InterruptedException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long begun = system.getProcessCpuTime();
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      started.add(kind.start(() -> pairs(allocator, pairs)));
    }
    for (Thread thread : started) {
      thread.join();
    }
    return (system.getProcessCpuTime() - begun) / (double) pairs / threads;
  }

  private static void virtual() throws InterruptedException {
    try (HakAllocator allocator = Hak.open("default")) {
      for (int round = 0; round < ROUNDS; round++) {
        System.out.printf(
            "pair in ns: virtual thread %.0f, two at once %.0f, 1,000 %.0f, platform thread %.0f%n",
            pairNanos(allocator, Thread.ofVirtual(), 1, PAIRS),
            pairNanos(allocator, Thread.ofVirtual(), 2, PAIRS),
            pairNanos(allocator, Thread.ofVirtual(), 1_000, PAIRS / 500),
            pairNanos(allocator, Thread.ofPlatform(), 1, PAIRS));
      }
    }
  }

  /** A thread with the slot of this one, which lives. */
  private static void collide() throws InterruptedException {
    int slots = 1 << 16;
    long mine = Thread.currentThread().threadId() % slots;
    try (HakAllocator allocator = Hak.open("default")) {
      pairs(allocator, 1);
      for (int round = 0; round < ROUNDS; round++) {
        while ((Thread.ofVirtual().unstarted(() -> {}).threadId() + 1) % slots != mine) {
          Thread.onSpinWait(); // each takes an id
        }
        double nanos = pairNanos(allocator, Thread.ofPlatform(), 1, PAIRS);
        System.out.printf(
            "pair in ns: collided %.0f, not %.0f%n",
            nanos, pairNanos(allocator, Thread.ofPlatform(), 1, PAIRS));
      }
    }
  }

  // ---- threads that were, and threads that wait

  private static HakAllocator openFor(int threads) {
    return Hak.open(Hak.profile("default").with(StackOptions.THREADS, Math.max(256, threads)));
  }

  private static void useTenSizes(HakAllocator allocator) {
    long[] blocks = new long[10];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = allocator.malloc(16L << i);
    }
    for (long block : blocks) {
      allocator.free(block);
    }
  }

  private static void useAllSizes(HakAllocator allocator) {
    List<Long> blocks = new ArrayList<>();
    for (long size = 16; size <= 32 << 10; size += Math.max(16, size / 8)) {
      blocks.add(allocator.malloc(size));
    }
    blocks.forEach(allocator::free);
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

  private static void dead(int threads) throws InterruptedException {
    try (HakAllocator allocator = openFor(threads)) {
      Crew crew = Crew.start(threads, () -> useTenSizes(allocator));
      crew.work();
      crew.dismiss();
      ThreadMXBean thread = ManagementFactory.getThreadMXBean();
      int groups = 1_500;
      long longest = 0;
      long begun = thread.getCurrentThreadCpuTime();
      long before = begun;
      for (int group = 0; group < groups; group++) {
        for (int i = 0; i < GROUP; i++) {
          allocator.malloc(4_096);
        }
        long now = thread.getCurrentThreadCpuTime();
        longest = Math.max(longest, now - before);
        before = now;
      }
      System.out.printf(
          "%,d dead threads: a block of 4 KiB %.2f us, the longest %d %.2f ms%n",
          threads, (before - begun) / 1e3 / groups / GROUP, GROUP, longest / 1e6);
    }
  }

  private static void idle(int threads, boolean allSizes) throws Exception {
    try (HakAllocator allocator = openFor(threads)) {
      Runnable work = allSizes ? () -> useAllSizes(allocator) : () -> useTenSizes(allocator);
      work.run();
      Crew crew = Crew.start(threads, work);
      System.gc();
      long before = residentBytes();
      crew.work();
      long used = residentBytes() - before;
      allocator.trim();
      long trimmed = residentBytes() - before;
      System.out.printf(
          "%,d waiting threads, %s sizes: %,d KiB each, after trim() %,d%n",
          threads, allSizes ? "all" : "ten", (used >> 10) / threads, (trimmed >> 10) / threads);
      crew.dismiss();
    }
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

  private static long[] fill(HakAllocator allocator, int count, int bytes) {
    long[] blocks = new long[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = allocator.malloc(bytes);
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
  private static void sparse() throws IOException {
    try (HakAllocator allocator = Hak.open("default")) {
      long before = residentBytes();
      long[] blocks = fill(allocator, 1 << 14, 60_000);
      long used = residentBytes();
      for (int i = 0; i < blocks.length; i++) {
        if (i % 16 != 5) {
          allocator.free(blocks[i]);
        }
      }
      allocator.trim();
      printKept("one block of each MiB lives", before, used);
    }
  }

  /** A thread sleeps while this one frees its blocks. */
  private static void sleeper() throws Exception {
    try (HakAllocator allocator = Hak.open("default")) {
      long before = residentBytes();
      long[][] blocks = new long[1][];
      Crew crew = Crew.start(1, () -> blocks[0] = fill(allocator, 1 << 20, 1_000));
      crew.work();
      long used = residentBytes();
      for (long block : blocks[0]) {
        allocator.free(block);
      }
      allocator.trim();
      printKept("another freed what a sleeping thread had", before, used);
      crew.dismiss();
    }
  }
}
