package hak.store.bench.load;

import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A store for the time of one load. One that was there is left as it was: what the load put, and
 * named with its {@link #prefix}, is deleted. One that was not there is made, and its file deleted.
 * So too when this process is interrupted; when it is killed, its children delete the objects.
 */
public final class ScratchStore implements AutoCloseable {
  private final ObjectStore store;
  private final String prefix;
  private final boolean made;
  private final StoreStats before;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread atExit = new Thread(this::clean);

  private ScratchStore(ObjectStore store, String prefix, boolean made) {
    this.store = store;
    this.prefix = prefix;
    this.made = made;
    before = store.stats();
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Opens or makes a store.
   *
   * @param options how it is made when it is not there
   * @param load what the names of its objects begin with
   * @throws hak.store.StoreException if it cannot be opened
   */
  public static ScratchStore open(Path path, StoreOptions options, String load) {
    boolean made = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    String run = Integer.toHexString(ThreadLocalRandom.current().nextInt());
    String prefix = load + "-" + ProcessHandle.current().pid() + "-" + run + "/";
    return new ScratchStore(ObjectStore.open(path, options), prefix, made);
  }

  /** Deletes the sealed objects whose names begin with a prefix. */
  public static void deleteAll(ObjectStore store, String prefix) {
    for (ObjectInfo info : store.list()) {
      if (info.sealed() && info.name().startsWith(prefix)) {
        try {
          store.delete(info.ref());
        } catch (NoSuchObjectException _) {
          // Another process of the same load was faster.
        }
      }
    }
  }

  /** The store. */
  public ObjectStore store() {
    return store;
  }

  /** What the names of this load's objects begin with. */
  public String prefix() {
    return prefix;
  }

  /** The ledger before the load. */
  public StoreStats before() {
    return before;
  }

  /** Deletes what the load has put, then the file if it was made for it. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The hook is running, or about to.
    }
    clean();
  }

  private void clean() {
    if (closed.compareAndSet(false, true)) {
      try (store) {
        if (!made) {
          deleteAll(store, prefix);
        }
      } finally {
        deleteFile();
      }
    }
  }

  private void deleteFile() {
    if (made) {
      try {
        Files.deleteIfExists(store.path());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + store.path(), e);
      }
    }
  }
}
