package hak.store.cluster;

import hak.store.DuplicateNameException;
import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreTimeoutException;
import hak.store.WritableObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;

/**
 * Copies of objects in the store of this machine, where every process finds them. A copy is named
 * after cluster and id, so nodes of one machine share what one of them fetched, and several
 * clusters may share the file.
 */
final class NearCache implements AutoCloseable {
  private static final Duration FETCHED_BY_ANOTHER = Duration.ofSeconds(1);

  /** What {@link Ids} never give out. */
  private static final long NO_ID = 0;

  private final ObjectStore store;
  private final String prefix;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  NearCache(ObjectStore store, String cluster) {
    this.store = store;
    prefix = cluster + "/";
  }

  ObjectStore store() {
    return store;
  }

  long hits() {
    return hits.sum();
  }

  long misses() {
    return misses.sum();
  }

  private String name(long id) {
    return prefix + Long.toHexString(id);
  }

  /** Takes space for an object that is written here first; nobody evicts it before it is sealed. */
  WritableObject create(Manifest manifest) {
    return store.create(name(manifest.id()), manifest.sizeBytes(), manifest.metadata());
  }

  /** A view of the copy; fetches it when there is none, or waits while another thread does. */
  ObjectView view(Manifest manifest, Chunks chunks) {
    ObjectView hit = tryGet(manifest);
    if (hit != null) {
      hits.increment();
      return hit;
    }
    misses.increment();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          fetch(manifest, chunks);
        } catch (DuplicateNameException e) {
          interrupted |= awaitOther(manifest);
        }
        ObjectView view = tryGet(manifest);
        if (view != null) {
          return view;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void fetch(Manifest manifest, Chunks chunks) {
    try (WritableObject copy = create(manifest)) {
      chunks.fetch(manifest, copy);
      copy.seal();
    }
  }

  /** Waits for a copy that another fetches, maybe in another process; whether interrupted. */
  private boolean awaitOther(Manifest manifest) {
    try {
      store.get(name(manifest.id()), FETCHED_BY_ANOTHER).close();
      return false;
    } catch (StoreTimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private ObjectView tryGet(Manifest manifest) {
    try {
      return new ClusterView(manifest.ref(), store.get(name(manifest.id())));
    } catch (NoSuchObjectException e) {
      return null;
    }
  }

  /** Drops the copy of an object; views of it stay valid. */
  void drop(long id) {
    try {
      store.delete(name(id));
    } catch (NoSuchObjectException e) {
      // There was no copy, or another process has dropped it.
    }
  }

  /** Drops the copies of objects that are no more. */
  void dropUnless(LongPredicate exists) {
    copies()
        .forEach((id, info) -> {
          if (info.sealed() && !exists.test(id)) {
            drop(id);
          }
        });
  }

  /** What there is of this cluster, by id. */
  Map<Long, ObjectInfo> copies() {
    Map<Long, ObjectInfo> copies = new HashMap<>();
    for (ObjectInfo info : store.list()) {
      long id = idIn(info.name());
      if (id != NO_ID) {
        copies.put(id, info);
      }
    }
    return copies;
  }

  /** The id of a copy of that name; none for what somebody else has put into the file. */
  private long idIn(String name) {
    if (!name.startsWith(prefix)) {
      return NO_ID;
    }
    try {
      long id = Long.parseLong(name, prefix.length(), name.length(), 16);
      return name.equals(name(id)) ? id : NO_ID;
    } catch (NumberFormatException e) {
      return NO_ID;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
