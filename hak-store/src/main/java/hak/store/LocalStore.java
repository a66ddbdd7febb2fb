package hak.store;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private <T> T use(Supplier<T> action) {
    enter();
    try {
      return Guard.call(engine, action);
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
      throw Guard.damage(engine, e);
    } finally {
      engine.leave();
    }
  }

  private ObjectRef allocateAndFill(byte[] name, MemorySegment data) {
    ObjectRef ref = engine.life().allocate(name, data.byteSize());
    try {
      engine.life().fillAndSeal(ref, data);
      return ref;
    } catch (Throwable e) {
      engine.life().abandonAfter(e, ref);
      throw e;
    }
  }

  @Override
  public WritableObject create(long sizeBytes) {
    return create(Names.NONE, sizeBytes);
  }

  @Override
  public WritableObject create(String name, long sizeBytes) {
    return create(Names.encode(name), sizeBytes);
  }

  private WritableObject create(byte[] name, long sizeBytes) {
    enter();
    WritableObject object = null;
    try {
      object =
          Guard.call(
              engine,
              () -> {
                ObjectRef ref = engine.life().allocate(name, sizeBytes);
                return new PendingObject(engine, ref, engine.writable(ref));
              });
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
    // A file that was cut off reads as zeros up to the end of its last page.
    Guard.run(engine, engine.file()::checkSize);
    return new NoSuchObjectException("there is no sealed object " + which);
  }

  /** A view, or null; the use of the mapping goes with the view. */
  private ObjectView tryGet(ObjectRef ref) {
    enter();
    ObjectView view = null;
    try {
      view = engine.reading().pin(ref) ? view(ref) : null;
      return view;
    } catch (InternalError | IndexOutOfBoundsException e) {
      throw Guard.damage(engine, e);
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
      throw Guard.damage(engine, e);
    } finally {
      if (view == null) {
        engine.leave();
      }
    }
  }

  private ObjectView view(ObjectRef pinned) {
    try {
      return new PinnedView(engine, pinned, engine.reading().readable(pinned));
    } catch (Throwable e) {
      engine.reading().unpin(pinned);
      throw e;
    }
  }

  @Override
  public ObjectView get(ObjectRef ref, Duration timeout) throws InterruptedException {
    return await(
        ref.slot(),
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
    return await(Names.hash(bytes), timeout, "named " + name, () -> tryGet(bytes));
  }

  private ObjectView await(int key, Duration timeout, String which, Supplier<ObjectView> look)
      throws InterruptedException {
    ObjectView view = look.get();
    long start = System.nanoTime();
    while (view == null) {
      int events = use(() -> engine.waits().prepare(key));
      view = look.get();
      if (view == null) {
        long left = timeout.toNanos() - (System.nanoTime() - start);
        if (left <= 0) {
          throw new StoreTimeoutException(
              "no sealed object " + which + " appeared within " + timeout);
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        use(() -> {
          engine.waits().await(key, events, left);
          return null;
        });
      }
    }
    return view;
  }

  @Override
  public ObjectRef find(String name) {
    byte[] bytes = Names.encode(name);
    ObjectRef ref =
        use(() -> {
          ObjectRef pinned = engine.reading().pinNamed(bytes);
          if (pinned != null) {
            engine.reading().unpin(pinned);
          }
          return pinned;
        });
    if (ref == null) {
      throw noObject("named " + name);
    }
    return ref;
  }

  @Override
  public boolean contains(ObjectRef ref) {
    return use(() -> engine.reading().isSealed(ref));
  }

  @Override
  public boolean contains(String name) {
    try (ObjectView view = tryGet(Names.encode(name))) {
      return view != null;
    }
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
      throw Guard.damage(engine, e);
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
    return use(() -> {
      reap();
      List<ObjectInfo> objects = new ArrayList<>();
      for (int slot = 0; slot < engine.slots().count(); slot++) {
        ObjectInfo info = info(slot);
        if (info != null) {
          objects.add(info);
        }
      }
      return objects;
    });
  }

  /** Takes over what dead processes left. */
  void settle() {
    enter();
    try {
      Guard.run(engine, engine::settle);
    } finally {
      engine.leave();
    }
  }

  private void reap() {
    engine.lockSound(true);
    engine.unlock();
  }

  private ObjectInfo info(int slot) {
    Slots slots = engine.slots();
    while (true) {
      long word = slots.word(slot);
      int state = Slots.state(word);
      boolean listed = state == Slots.SEALED || state == Slots.ALLOCATED;
      if (!listed || Slots.generation(word) == 0) {
        return null;
      }
      ObjectInfo info =
          new ObjectInfo(
              ObjectRef.of(slot, Slots.generation(word)),
              Names.decode(slots.name(slot)),
              slots.length(slot),
              slots.references(slot),
              engine.processes().pins(slot),
              state == Slots.SEALED,
              Instant.ofEpochMilli(slots.created(slot)));
      if (slots.word(slot) == word) {
        return info;
      }
    }
  }

  @Override
  public StoreStats stats() {
    return use(() -> {
      engine.lockSound(true);
      try {
        engine.freeAllKept();
        return Stats.take(engine);
      } finally {
        engine.unlock();
      }
    });
  }

  @Override
  public VerifyReport verify() {
    return use(() -> Inspection.of(engine.region(), engine.header(), engine.identity()).report());
  }

  StoreEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Guard.run(engine, engine::removeHandle);
    }
  }
}
