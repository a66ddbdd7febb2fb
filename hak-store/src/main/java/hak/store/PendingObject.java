package hak.store;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** An allocated object that has one use of the mapping, until it is sealed or given up. */
final class PendingObject implements WritableObject {
  private final StoreEngine engine;
  private final ObjectRef ref;
  private final MemorySegment segment;
  private final AtomicBoolean done = new AtomicBoolean();

  PendingObject(StoreEngine engine, ObjectRef ref, MemorySegment segment) {
    this.engine = engine;
    this.ref = ref;
    this.segment = segment;
  }

  @Override
  public ObjectRef ref() {
    return ref;
  }

  @Override
  public MemorySegment segment() {
    if (done.get()) {
      throw finished();
    }
    return segment;
  }

  private IllegalStateException finished() {
    return new IllegalStateException(ref + " was sealed or given up");
  }

  @Override
  public ObjectRef seal() {
    if (!done.compareAndSet(false, true)) {
      throw finished();
    }
    try {
      Guard.run(engine, () -> engine.seal(ref, Checksum.of(segment)));
      return ref;
    } finally {
      engine.release();
    }
  }

  @Override
  public void close() {
    if (done.compareAndSet(false, true)) {
      try {
        Guard.run(engine, () -> engine.abandon(ref));
      } finally {
        engine.release();
      }
    }
  }
}
