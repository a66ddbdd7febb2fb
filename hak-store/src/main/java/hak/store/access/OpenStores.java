package hak.store.access;

import hak.core.os.SharedWait;
import hak.store.ObjectStore;
import hak.store.Sharing;
import hak.store.StoreAccessException;
import hak.store.StoreCorruptException;
import hak.store.StoreOptions;
import hak.store.file.CrashPoint;
import hak.store.file.Interrupts;
import hak.store.file.StoreFile;
import hak.store.file.Trust;
import hak.store.process.Identity;
import hak.store.space.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The stores that this JVM has open, by file, so that a second open shares the first's mapping. */
final class OpenStores {
  private static final Map<Object, StoreEngine> OPEN = new HashMap<>();

  private OpenStores() {}

  static ObjectStore open(Path path, StoreOptions options) {
    return Interrupts.putAside(() -> openSettled(path, options));
  }

  private static LocalStore openSettled(Path path, StoreOptions options) {
    LocalStore store = open(path, options, Identity.ofThisProcess());
    try {
      store.settle();
      return store;
    } catch (Throwable e) {
      store.close();
      throw e;
    }
  }

  static ObjectStore createNew(Path path, StoreOptions options) {
    Path file = file(path);
    boolean created = Interrupts.putAside(() -> StoreFile.create(file, options, CrashPoint.NONE));
    if (!created) {
      throw new StoreAccessException("there is a file " + file + " already; it was left as it is");
    }
    return open(file, options.withCreate(false));
  }

  private static Path file(Path path) {
    Path file = path.toAbsolutePath().normalize();
    if (file.getFileName() == null) {
      throw new StoreAccessException(file + " is a folder; a store is a file");
    }
    return file;
  }

  /** Opens a store whose other users are taken for dead when they cannot be seen from here. */
  static LocalStore openForRepair(Path path) {
    StoreOptions options = StoreOptions.DEFAULT.withCreate(false).withSharing(Sharing.GROUP);
    return open(path, options, new OnlyTheVisible());
  }

  /** Takes processes for dead that cannot be seen; locks of open files show all others. */
  private static final class OnlyTheVisible implements Identity {
    private final Identity identity = Identity.ofThisProcess();

    @Override
    public long self() {
      return identity.self();
    }

    @Override
    public long habitat() {
      return identity.habitat();
    }

    @Override
    public boolean isAlive(long other) {
      return identity.isAlive(other);
    }

    @Override
    public boolean sparesUnseen() {
      return false;
    }
  }

  private static LocalStore open(Path path, StoreOptions options, Identity identity) {
    Path file = file(path);
    Trust trust = Trust.of(options.sharing());
    synchronized (OPEN) {
      if (StoreFile.isMissing(file) && options.create()) {
        StoreFile.create(file, options, CrashPoint.NONE);
      }
      Object key;
      try {
        key = trust.check(file);
      } catch (IOException e) {
        throw StoreFile.failed(file, e);
      }
      StoreEngine open = OPEN.get(key);
      if (open != null && open.addHandle()) {
        return new LocalStore(open);
      }
      // Beside the rest: whoever first met another process would wait for it, perhaps with the
      // lock.
      SharedWait.prepare();
      StoreFile opened = StoreFile.open(file, trust);
      try {
        StoreEngine engine =
            new StoreEngine(
                opened, options, Placement.BEST_FIT, identity, CrashPoint.NONE, () -> forget(key));
        OPEN.put(key, engine);
        return new LocalStore(engine);
      } catch (InternalError e) {
        opened.close();
        throw new StoreCorruptException(file + " was truncated while it was opened", e);
      } catch (Throwable e) {
        opened.close();
        throw e;
      }
    }
  }

  /** Somebody may have opened the file anew meanwhile; that mapping stays. */
  private static void forget(Object key) {
    synchronized (OPEN) {
      OPEN.computeIfPresent(key, (_, engine) -> engine.isUnused() ? null : engine);
    }
  }
}
