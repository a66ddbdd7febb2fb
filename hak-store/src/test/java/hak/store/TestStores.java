package hak.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores for tests: files of their own, simulated processes, data that tells what it is. */
final class TestStores implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();

  /** 1 MiB, 64 objects, grown by 64 KiB. */
  static final StoreOptions SMALL =
      StoreOptions.DEFAULT
          .withCapacityBytes(1 << 20)
          .withObjectLimit(64)
          .withProcessLimit(8)
          .withGrowthBytes(64 << 10);

  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  TestStores() {
    Path shm = Path.of("/dev/shm");
    folder = Files.isDirectory(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** A name that no file has yet; the file goes when this is closed. */
  Path path() {
    Path path =
        folder.resolve(
            "hak-store-test-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
    files.add(path);
    return path;
  }

  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static MemorySegment data(long seed, int length) {
    return MemorySegment.ofArray(bytes(seed, length));
  }

  static byte[] read(ObjectStore store, ObjectRef ref) {
    try (ObjectView view = store.get(ref)) {
      return view.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** A process that lives in this JVM, until it is said to be dead. */
  static final class SimulatedProcess implements Identity, CrashPoint {
    private static final List<SimulatedProcess> ALL = new ArrayList<>();

    private final long self;
    private int stepsLeft = Integer.MAX_VALUE;
    private volatile boolean dead;
    private Runnable unmap = () -> {};

    SimulatedProcess() {
      synchronized (ALL) {
        ALL.add(this);
        self = (1L << 40 | ALL.size()) << PID_BITS | 1;
      }
    }

    /** Dies at the {@code steps}-th step from now on, counted from 1. */
    void dieAfter(int count) {
      stepsLeft = count;
    }

    void unmapOnDeath(LocalStore store) {
      unmap = store.engine().file()::close;
    }

    /** Dies now: what it mapped is gone, so nothing it does later reaches the store. */
    void die() {
      dead = true;
      unmap.run();
      unmap = () -> {};
    }

    boolean isDead() {
      return dead;
    }

    @Override
    public void reached() {
      if (--stepsLeft == 0) {
        die();
      }
      if (dead) {
        throw new Killed();
      }
    }

    @Override
    public long self() {
      return self;
    }

    @Override
    public long habitat() {
      return Identity.ofThisProcess().habitat();
    }

    @Override
    public boolean isAlive(long identity) {
      synchronized (ALL) {
        for (SimulatedProcess process : ALL) {
          if (process.self == identity) {
            return !process.dead;
          }
        }
      }
      return Identity.ofThisProcess().isAlive(identity);
    }
  }

  /** The end of a simulated process. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  static LocalStore openAs(Path path, StoreOptions options, SimulatedProcess process) {
    LocalStore store = OpenStores.openAs(path, options, Placement.BEST_FIT, process, process);
    process.unmapOnDeath(store);
    return store;
  }
}
