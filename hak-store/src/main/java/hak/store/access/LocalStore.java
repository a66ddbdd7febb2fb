package hak.store.access;

import hak.store.LostViews;
import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreProcess;
import hak.store.StoreStats;
import hak.store.VerifyReport;
import hak.store.WritableObject;
import hak.store.check.Inspection;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A handle: one use of this process's mapping of the store. */
final class LocalStore implements ObjectStore {
  private final StoreEngine engine;
  private final AtomicBoolean closed = new AtomicBoolean();

  LocalStore(StoreEngine engine) {
    this.engine = engine;
  }

  /** Runs a call with the mapping held, so that a concurrent close cannot take it away. */
  <T> T use(Supplier<T> action) {
    enter();
    try {
      return engine.guard().call(action);
    } finally {
      engine.leave();
    }
  }

  private void enter() {
    if (closed.get() || !engine.enter()) {
      throw new IllegalStateException("the store " + path() + " was closed");
    }
  }

  @Override
  public Path path() {
    return engine.file().path();
  }

  @Override
  public ObjectRef put(MemorySegment data) {
    return put(Names.NONE, data);
  }

  @Override
  public ObjectRef put(String name, MemorySegment data) {
    return put(Names.encode(name), data);
  }

  private ObjectRef put(byte[] name, MemorySegment data) {
    enter();
    try {
      return allocateAndFill(name, data);
    } catch (InternalError | IndexOutOfBoundsException e) {
      throw engine.guard().damage(e);
    } finally {
      engine.leave();
    }
  }

  private ObjectRef allocateAndFill(byte[] name, MemorySegment data) {
    ObjectRef ref = engine.allocation().allocate(name, data.byteSize());
    try {
      engine.life().seal(ref, fill(ref, data));
      return ref;
    } catch (Throwable e) {
      engine.life().abandonAfter(e, ref);
      throw e;
    }
  }

  private int fill(ObjectRef ref, MemorySegment data) {
    try {
      return engine.data().fill(ref, data);
    } catch (InternalError e) {
      throw engine.whileCopying(e);
    }
  }

  @Override
  public ObjectRef replace(String name, MemorySegment data) {
    byte[] bytes = Names.encode(name);
    return use(() -> {
      ObjectRef ref = engine.allocation().allocate(Names.NONE, data.byteSize());
      try {
        engine.replacement().seal(ref, bytes, engine.data().fill(ref, data));
        return ref;
      } catch (Throwable e) {
        engine.life().abandonAfter(e, ref);
        throw e;
      }
    });
  }

  @Override
  public WritableObject create(long sizeBytes, ObjectMetadata metadata) {
    return create(Names.NONE, sizeBytes, metadata);
  }

  @Override
  public WritableObject create(String name, long sizeBytes, ObjectMetadata metadata) {
    return create(Names.encode(name), sizeBytes, metadata);
  }

  private WritableObject create(byte[] name, long sizeBytes, ObjectMetadata metadata) {
    enter();
    WritableObject object = null;
    try {
      object = engine.guard().call(() -> PendingObject.create(engine, name, sizeBytes, metadata));
      return object;
    } finally {
      if (object == null) {
        engine.leave();
      }
    }
  }

  @Override
  public ObjectView get(ObjectRef ref) {
    ObjectView view = tryGet(ref);
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
    // Others may have it in a file that has the path now, and a file that was cut off reads as
    // zeros up to the end of its last page.
    checkNameAndSize();
    return new NoSuchObjectException("there is no sealed object " + which);
  }

  /** Looks whether others get this file by its path, and whether it is all there. */
  void checkNameAndSize() {
    use(() -> {
      engine.file().checkNameAndSize();
      return null;
    });
  }

  /** A view, or null; the use of the mapping goes with the view. */
  private ObjectView tryGet(ObjectRef ref) {
    enter();
    ObjectView view = null;
    try {
      view = engine.reading().pin(ref) ? view(ref) : null;
      return view;
    } catch (InternalError | IndexOutOfBoundsException e) {
      throw engine.guard().damage(e);
    } finally {
      if (view == null) {
        engine.leave();
      }
    }
  }

  private ObjectView tryGet(byte[] name) {
    enter();
    ObjectView view = null;
    try {
      ObjectRef ref = engine.reading().pinNamed(name);
      view = ref == null ? null : view(ref);
      return view;
    } catch (InternalError | IndexOutOfBoundsException e) {
      throw engine.guard().damage(e);
    } finally {
      if (view == null) {
        engine.leave();
      }
    }
  }

  private ObjectView view(ObjectRef pinned) {
    try {
      PinnedView view = new PinnedView(engine, pinned, engine.data().readable(pinned));
      LostViews treated = engine.lostViews();
      return treated == LostViews.IGNORED ? view : TrackedView.of(view, treated);
    } catch (Throwable e) {
      engine.reading().unpin(pinned);
      throw e;
    }
  }

  @Override
  public ObjectView get(ObjectRef ref, Duration timeout) throws InterruptedException {
    return SealWait.await(
        this,
        SlotRef.slot(ref),
        timeout,
        ref.toString(),
        () -> {
          ObjectView view = tryGet(ref);
          if (view == null && !use(() -> engine.reading().isPending(ref))) {
            // It may have been sealed between the two looks.
            view = tryGet(ref);
            if (view == null) {
              throw noObject(ref.toString());
            }
          }
          return view;
        });
  }

  @Override
  public ObjectView get(String name, Duration timeout) throws InterruptedException {
    byte[] bytes = Names.encode(name);
    return SealWait.await(this, Names.hash(bytes), timeout, "named " + name, () -> tryGet(bytes));
  }

  @Override
  public ObjectRef find(String name) {
    ObjectRef ref = tryFind(Names.encode(name));
    if (ref == null) {
      throw noObject("named " + name);
    }
    return ref;
  }

  /** The ref of that sealed object, null when there is none; not a use of it. */
  private ObjectRef tryFind(byte[] name) {
    return use(() -> {
      ObjectRef pinned = engine.reading().pinNamed(name);
      if (pinned != null) {
        engine.reading().unpin(pinned);
      }
      return pinned;
    });
  }

  @Override
  public boolean contains(ObjectRef ref) {
    return use(() -> engine.reading().isSealed(ref));
  }

  @Override
  public boolean contains(String name) {
    return tryFind(Names.encode(name)) != null;
  }

  @Override
  public void delete(ObjectRef ref) {
    if (!tryDelete(ref)) {
      throw noObject(ref.toString());
    }
  }

  private boolean tryDelete(ObjectRef ref) {
    enter();
    try {
      return engine.life().delete(ref);
    } catch (InternalError | IndexOutOfBoundsException e) {
      throw engine.guard().damage(e);
    } finally {
      engine.leave();
    }
  }

  @Override
  public void delete(String name) {
    delete(find(name));
  }

  @Override
  public int retain(ObjectRef ref) {
    return count(ref, 1);
  }

  @Override
  public int release(ObjectRef ref) {
    int references = count(ref, -1);
    if (references == 0) {
      tryDelete(ref);
    }
    return references;
  }

  private int count(ObjectRef ref, int by) {
    int references =
        use(() -> {
          if (!engine.reading().pin(ref)) {
            return -1;
          }
          try {
            return engine.life().addReference(ref, by);
          } finally {
            engine.reading().unpin(ref);
          }
        });
    if (references < 0) {
      throw noObject(ref.toString());
    }
    return references;
  }

  @Override
  public List<ObjectInfo> list() {
    return list("");
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    byte[] bytes = Names.prefix(prefix);
    return use(() -> {
      engine.file().checkNameAndSize();
      engine.lock().lockAndReap();
      engine.lock().unlock();
      return Listing.of(engine.tables(), bytes);
    });
  }

  /** Takes over what dead processes left. */
  void settle() {
    enter();
    try {
      engine.guard().run(engine.lock()::settle);
    } finally {
      engine.leave();
    }
  }

  @Override
  public StoreStats stats() {
    return use(() -> {
      engine.file().checkNameAndSize();
      return engine.stats();
    });
  }

  @Override
  public List<StoreProcess> processes() {
    return use(() -> {
      engine.file().checkNameAndSize();
      return Listing.processes(engine.tables());
    });
  }

  @Override
  public void trim() {
    enter();
    try {
      engine.guard().run(engine::trim);
    } finally {
      engine.leave();
    }
  }

  @Override
  public long compact() {
    return use(engine::compact);
  }

  @Override
  public VerifyReport verify() {
    return use(() -> {
      engine.file().checkNameAndSize();
      return Inspection.of(engine.tables()).report();
    });
  }

  StoreEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      engine.guard().run(engine::removeHandle);
    }
  }
}
