package hak.store.access;

import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreAccessException;
import hak.store.StoreProcess;
import hak.store.StoreStats;
import hak.store.StoreTimeoutException;
import hak.store.VerifyReport;
import hak.store.WritableObject;
import hak.store.check.Inspection;
import hak.store.file.Guard;
import hak.store.file.ReadOnlyFile;
import hak.store.life.Tables;
import hak.store.process.Identity;
import hak.store.process.SharedLock;
import hak.store.slots.Names;
import hak.store.space.Placement;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/** A store that is read by who is no member of it: nothing of the file is written. */
final class ReadOnlyStore implements ObjectStore {
  /** How often who waits looks: nobody knows of it, so nobody wakes it. */
  private static final long LOOK_NANOS = 10_000_000;

  /** How often the ledger is added up anew when it changed meanwhile. */
  private static final int STATS_ATTEMPTS = 100;

  private final Path path;
  private final Guard guard;
  private final List<ReadOnlyFile> outgrown = new ArrayList<>();
  private final Users users = new Users();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Mapped mapped;

  /** A mapping, and what reads it. */
  private record Mapped(ReadOnlyFile file, Tables tables, SharedLock lock, Unpinned objects) {
    static Mapped of(Path path) {
      ReadOnlyFile file = ReadOnlyFile.open(path);
      Tables tables =
          Tables.of(
              file.region(),
              file.header(),
              Identity.ofThisProcess(),
              file.locks(),
              Placement.BEST_FIT);
      // Never taken; it says how often the store changed.
      SharedLock lock =
          SharedLock.ofBookkeeping(path, file.region(), tables.processes(), Duration.ofMillis(1));
      return new Mapped(file, tables, lock, new Unpinned(tables, lock));
    }
  }

  ReadOnlyStore(Path path) {
    this.path = path;
    guard = new Guard(path);
    mapped = guard.call(() -> Mapped.of(path));
  }

  /** Reads with the mapping held, so that a concurrent close cannot take it away. */
  private <T> T read(Function<Mapped, T> action) {
    boolean entered = users.enter();
    try {
      if (!entered) {
        throw new IllegalStateException("the store " + path + " was closed");
      }
      return guard.call(() -> action.apply(current()));
    } finally {
      if (users.leave()) {
        unmap();
      }
    }
  }

  private Mapped current() {
    return mapped.file().hasGrown() ? mapAgain() : mapped;
  }

  /** Maps the file as long as it is now. The mapping before stays for those who are reading it. */
  private synchronized Mapped mapAgain() {
    if (mapped.file().hasGrown()) {
      Mapped now = Mapped.of(path);
      outgrown.add(mapped.file());
      mapped = now;
    }
    return mapped;
  }

  private synchronized void unmap() {
    mapped.file().close();
    outgrown.forEach(ReadOnlyFile::close);
  }

  private StoreAccessException refused() {
    return new StoreAccessException(path + " was opened to be read alone");
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public ObjectView get(ObjectRef ref) {
    ObjectView view = read(now -> now.objects().copy(ref));
    if (view == null) {
      throw noObject(ref.toString());
    }
    return view;
  }

  @Override
  public ObjectView get(String name) {
    ObjectView view = tryGet(Names.encode(name));
    if (view == null) {
      throw noObject("named " + name);
    }
    return view;
  }

  private NoSuchObjectException noObject(String which) {
    mapped.file().checkName();
    return new NoSuchObjectException("there is no sealed object " + which);
  }

  /** A copy of the object of that name, of the next one if it is replaced meanwhile. */
  private ObjectView tryGet(byte[] name) {
    return read(now -> {
      ObjectRef ref = now.objects().find(name);
      ObjectView view = null;
      while (ref != null && view == null) {
        view = now.objects().copy(ref);
        ref = view == null ? now.objects().find(name) : ref;
      }
      return view;
    });
  }

  @Override
  public ObjectView get(ObjectRef ref, Duration timeout) throws InterruptedException {
    return await(
        timeout,
        ref.toString(),
        () -> {
          boolean pending = read(now -> isPending(now, ref));
          ObjectView view = read(now -> now.objects().copy(ref));
          if (view == null && !pending) {
            throw noObject(ref.toString());
          }
          return view;
        });
  }

  private static boolean isPending(Mapped now, ObjectRef ref) {
    return Reading.isPending(now.tables().slots(), now.tables().processes(), ref);
  }

  @Override
  public ObjectView get(String name, Duration timeout) throws InterruptedException {
    byte[] bytes = Names.encode(name);
    return await(timeout, "named " + name, () -> tryGet(bytes));
  }

  private ObjectView await(Duration timeout, String which, Supplier<ObjectView> look)
      throws InterruptedException {
    long start = System.nanoTime();
    ObjectView view = look.get();
    while (view == null) {
      mapped.file().checkName();
      if (Duration.ofNanos(System.nanoTime() - start).compareTo(timeout) >= 0) {
        throw new StoreTimeoutException(
            "no sealed object " + which + " appeared within " + timeout);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(LOOK_NANOS);
      view = look.get();
    }
    return view;
  }

  @Override
  public ObjectRef find(String name) {
    byte[] bytes = Names.encode(name);
    ObjectRef ref = read(now -> now.objects().find(bytes));
    if (ref == null) {
      throw noObject("named " + name);
    }
    return ref;
  }

  @Override
  public boolean contains(ObjectRef ref) {
    return read(now -> now.objects().isSealed(ref));
  }

  @Override
  public boolean contains(String name) {
    byte[] bytes = Names.encode(name);
    return read(now -> now.objects().find(bytes)) != null;
  }

  @Override
  public List<ObjectInfo> list() {
    return list("");
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    byte[] bytes = Names.prefix(prefix);
    return read(now -> Listing.of(now.tables(), bytes));
  }

  /** As it was at a moment at which nothing changed. */
  @Override
  public StoreStats stats() {
    for (int attempt = 0; attempt < STATS_ATTEMPTS; attempt++) {
      StoreStats stats = read(ReadOnlyStore::tryStats);
      if (stats != null) {
        return stats;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new StoreTimeoutException(path + " does not stand still, or a change was not finished");
  }

  @Override
  public List<StoreProcess> processes() {
    return read(now -> Listing.processes(now.tables()));
  }

  private static StoreStats tryStats(Mapped now) {
    long changes = now.lock().changes();
    if ((changes & 1) != 0) {
      return null;
    }
    try {
      StoreStats stats = Stats.take(now.tables());
      return now.lock().changes() == changes ? stats : null;
    } catch (RuntimeException e) {
      if (now.lock().changes() == changes) {
        throw e;
      }
      return null; // It was led astray by a change.
    }
  }

  @Override
  public VerifyReport verify() {
    return read(now -> Inspection.of(now.tables()).report());
  }

  @Override
  public ObjectRef put(MemorySegment data) {
    throw refused();
  }

  @Override
  public ObjectRef put(String name, MemorySegment data) {
    throw refused();
  }

  @Override
  public ObjectRef replace(String name, MemorySegment data) {
    throw refused();
  }

  @Override
  public WritableObject create(long sizeBytes, ObjectMetadata metadata) {
    throw refused();
  }

  @Override
  public WritableObject create(String name, long sizeBytes, ObjectMetadata metadata) {
    throw refused();
  }

  @Override
  public void delete(ObjectRef ref) {
    throw refused();
  }

  @Override
  public void delete(String name) {
    throw refused();
  }

  @Override
  public int retain(ObjectRef ref) {
    throw refused();
  }

  @Override
  public int release(ObjectRef ref) {
    throw refused();
  }

  @Override
  public void trim() {
    throw refused();
  }

  @Override
  public long compact() {
    throw refused();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true) && users.removeHandle()) {
      unmap();
    }
  }
}
