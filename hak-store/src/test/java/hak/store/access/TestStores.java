package hak.store.access;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import hak.store.file.CrashPoint;
import hak.store.file.FilesWithoutLocks;
import hak.store.file.StoreFile;
import hak.store.life.SoundLock;
import hak.store.life.Tables;
import hak.store.process.Identity;
import hak.store.space.Placement;
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
public final class TestStores implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();

  /** 1 MiB, 64 objects, grown by 64 KiB. */
  public static final StoreOptions SMALL =
      StoreOptions.DEFAULT
          .withCapacityBytes(1 << 20)
          .withObjectLimit(64)
          .withProcessLimit(8)
          .withGrowthBytes(64 << 10);

  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  public TestStores() {
    Path shm = Path.of("/dev/shm");
    folder = Files.isDirectory(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** A name that no file has yet; the file goes when this is closed. */
  public Path path() {
    Path path =
        folder.resolve(
            "hak-store-test-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
    files.add(path);
    return path;
  }

  public static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  public static MemorySegment data(long seed, int length) {
    return MemorySegment.ofArray(bytes(seed, length));
  }

  public static byte[] read(ObjectStore store, ObjectRef ref) {
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

  /**
   * A process that lives in this JVM, until it is said to be dead: then its opening of the file
   * ends, and with that its locks. Its word tells who it is where there are no locks.
   */
  public static final class SimulatedProcess implements Identity, CrashPoint {
    private static final List<SimulatedProcess> ALL = new ArrayList<>();

    private final long self;
    private int stepsLeft = Integer.MAX_VALUE;
    private volatile boolean dead;
    private Runnable unmap = () -> {};

    public SimulatedProcess() {
      synchronized (ALL) {
        ALL.add(this);
        self = (1L << 40 | ALL.size()) << PID_BITS | 1;
      }
    }

    /** Dies at the {@code steps}-th step from now on, counted from 1. */
    public void dieAfter(int count) {
      stepsLeft = count;
    }

    /** Dies now: what it mapped is gone, so nothing it does later reaches the store. */
    public void die() {
      dead = true;
      unmap.run();
      unmap = () -> {};
    }

    public boolean isDead() {
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
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** A mapping of its own, which counts as another process. */
  public static ObjectStore openAs(Path path, StoreOptions options, SimulatedProcess process) {
    return openAs(path, options, Placement.BEST_FIT, process);
  }

  /** As the other, with a rule of placement. */
  public static ObjectStore openAs(
      Path path, StoreOptions options, Placement placement, SimulatedProcess process) {
    LocalStore store = openAs(path, options, placement, process, process);
    process.unmap = store.engine().file()::close;
    return store;
  }

  /** The store of this process, which may end at a step. */
  public static ObjectStore openAs(Path path, StoreOptions options, CrashPoint crash) {
    return openAs(path, options, Placement.BEST_FIT, Identity.ofThisProcess(), crash);
  }

  /** As if the file system had no locks of open files. */
  public static ObjectStore openWithoutLocks(
      Path path, StoreOptions options, SimulatedProcess process) {
    createIfMissing(path, options, process);
    StoreFile opened = FilesWithoutLocks.open(path);
    LocalStore store = open(opened, options, Placement.BEST_FIT, process, process);
    process.unmap = opened::close;
    return store;
  }

  private static LocalStore openAs(
      Path path, StoreOptions options, Placement placement, Identity identity, CrashPoint crash) {
    createIfMissing(path, options, crash);
    return open(StoreFile.open(path), options, placement, identity, crash);
  }

  private static void createIfMissing(Path path, StoreOptions options, CrashPoint crash) {
    if (StoreFile.isMissing(path)) {
      StoreFile.create(path, options, crash);
    }
  }

  private static LocalStore open(
      StoreFile opened,
      StoreOptions options,
      Placement placement,
      Identity identity,
      CrashPoint crash) {
    try {
      return new LocalStore(new StoreEngine(opened, options, placement, identity, crash, () -> {}));
    } catch (Throwable e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Waits until no other process has the store open. Who is killed with its namespace dies after
   * whoever was killed for it.
   */
  public static void awaitAlone(ObjectStore store) {
    long start = System.nanoTime();
    while (store.stats().processes() > 1) {
      if (System.nanoTime() - start > 10_000_000_000L) {
        throw new AssertionError("the dead are not told from the living");
      }
      Thread.onSpinWait();
    }
  }

  /** What a store's file holds. */
  public static Tables tables(ObjectStore store) {
    return ((LocalStore) store).engine().tables();
  }

  /** The lock of a store. */
  public static SoundLock lock(ObjectStore store) {
    return ((LocalStore) store).engine().lock();
  }

  /** Mends the bookkeeping of a store that is open. */
  public static List<String> repair(ObjectStore store) {
    return ((LocalStore) store).engine().repair();
  }
}
