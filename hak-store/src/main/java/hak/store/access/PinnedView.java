package hak.store.access;

import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import hak.store.StoreCorruptException;
import hak.store.slots.SlotRef;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A view that has one pin and one use of the mapping. Both go when it is closed and no call is
 * under way in it: a thread may close what another one is copying from.
 */
final class PinnedView implements ObjectView {
  /** A bit of the state, as the next; in the others calls under way are counted. */
  private static final int CLOSED = 1;

  /** Nobody has the pin any more. */
  private static final int RELEASED = 2;

  private static final int CALL = 4;

  private final StoreEngine engine;
  private final ObjectRef ref;
  private final MemorySegment segment;
  private final AtomicInteger state = new AtomicInteger();

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
    return use(() -> engine.tables().slots().metadata(SlotRef.slot(ref)));
  }

  @Override
  public MemorySegment segment() {
    checkOpen(state.get());
    return segment;
  }

  private void checkOpen(int seen) {
    if ((seen & CLOSED) != 0) {
      throw new IllegalStateException("the view of " + ref + " was closed");
    }
  }

  @Override
  public boolean isIntact() {
    return use(() -> engine.data().isIntact(ref, segment));
  }

  @Override
  public void copyTo(MemorySegment target) {
    MemorySegment to = target.asSlice(0, segment().byteSize());
    if (!use(() -> engine.data().copyIntact(ref, segment, to))) {
      throw new StoreCorruptException(ref + " is damaged: its checksum is wrong");
    }
  }

  private <T> T use(Supplier<T> action) {
    int seen = state.getAndAdd(CALL);
    try {
      checkOpen(seen);
      return engine.guard().call(action);
    } finally {
      if (state.addAndGet(-CALL) == CLOSED) {
        releaseOnce();
      }
    }
  }

  @Override
  public void close() {
    if (state.compareAndSet(0, CLOSED | RELEASED)) {
      unpin();
    } else {
      closeInUse();
    }
  }

  /** Closes what a call is under way in, or was closed before. */
  private void closeInUse() {
    int seen = state.getAndUpdate(before -> before | CLOSED);
    if (seen == 0) {
      releaseOnce(); // the call has ended meanwhile
    }
  }

  /** Of those who find it closed and left one lets go, and nobody after that. */
  private void releaseOnce() {
    if (state.compareAndSet(CLOSED, CLOSED | RELEASED)) {
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
    if (!state.compareAndSet(0, CLOSED | RELEASED)) {
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
