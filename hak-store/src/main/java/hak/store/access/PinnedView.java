package hak.store.access;

import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import hak.store.StoreCorruptException;
import hak.store.slots.SlotRef;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A view that has one pin and one use of the mapping. */
final class PinnedView implements ObjectView {
  private final StoreEngine engine;
  private final ObjectRef ref;
  private final MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  PinnedView(StoreEngine engine, ObjectRef ref, MemorySegment segment) {
    this.engine = engine;
    this.ref = ref;
    this.segment = segment;
  }

  @Override
  public ObjectRef ref() {
    return ref;
  }

  @Override
  public long sizeBytes() {
    return segment.byteSize();
  }

  @Override
  public ObjectMetadata metadata() {
    segment(); // It says when it was closed.
    return engine.guard().call(() -> engine.tables().slots().metadata(SlotRef.slot(ref)));
  }

  @Override
  public MemorySegment segment() {
    if (closed.get()) {
      throw new IllegalStateException("the view of " + ref + " was closed");
    }
    return segment;
  }

  @Override
  public boolean isIntact() {
    MemorySegment data = segment();
    return engine.guard().call(() -> engine.data().isIntact(ref, data));
  }

  @Override
  public void copyTo(MemorySegment target) {
    MemorySegment data = segment();
    MemorySegment to = target.asSlice(0, data.byteSize());
    if (!engine.guard().call(() -> engine.data().copyIntact(ref, data, to))) {
      throw new StoreCorruptException(ref + " is damaged: its checksum is wrong");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      unpin();
    }
  }

  private void unpin() {
    try {
      engine.reading().unpin(ref);
    } catch (InternalError | IndexOutOfBoundsException e) {
      throw engine.guard().damage(e);
    } finally {
      engine.leave();
    }
  }

  /**
   * Closes a view that nobody can reach any more.
   *
   * @return how many this process has lost so far, 0 when this one was closed
   */
  int closeLost() {
    if (!closed.compareAndSet(false, true)) {
      return 0;
    }
    try {
      return engine.tables().processes().countLostView();
    } finally {
      unpin();
    }
  }

  /** The file of its store. */
  Path store() {
    return engine.file().path();
  }
}
