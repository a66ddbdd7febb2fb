package hak.store.access;

import hak.store.ObjectRef;
import hak.store.WritableObject;
import hak.store.copy.CrcJoin;
import java.lang.foreign.MemorySegment;

/** An allocated object that has one use of the mapping, until it is sealed or given up. */
final class PendingObject implements WritableObject {
  private final StoreEngine engine;
  private final ObjectRef ref;
  private final MemorySegment segment;
  private int appendedSum;
  private long appendedBytes;
  private boolean writtenInPlace;
  private boolean done;

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
  public synchronized MemorySegment segment() {
    checkOpen();
    writtenInPlace = true;
    return segment;
  }

  private void checkOpen() {
    if (done) {
      throw new IllegalStateException(ref + " was sealed or given up");
    }
  }

  @Override
  public synchronized void append(MemorySegment part) {
    checkOpen();
    long size = part.byteSize();
    if (size > segment.byteSize() - appendedBytes) {
      throw new IllegalArgumentException(
          size
              + " bytes do not fit after "
              + appendedBytes
              + " of the "
              + segment.byteSize()
              + " of "
              + ref);
    }
    MemorySegment to = segment.asSlice(appendedBytes, size);
    int sum = engine.guard().call(() -> engine.data().copy(part, to));
    appendedSum = CrcJoin.join(appendedSum, sum, size);
    appendedBytes += size;
  }

  @Override
  public synchronized ObjectRef seal() {
    checkOpen();
    done = true;
    try {
      engine.guard().run(() -> engine.life().seal(ref, sum()));
      return ref;
    } catch (Throwable e) {
      engine.life().abandonAfter(e, ref);
      throw e;
    } finally {
      engine.leave();
    }
  }

  /** What append has added up, when nobody could have written anything else. */
  private int sum() {
    return !writtenInPlace && appendedBytes == segment.byteSize()
        ? appendedSum
        : engine.data().sum(segment);
  }

  @Override
  public synchronized void close() {
    if (!done) {
      done = true;
      try {
        engine.guard().run(() -> engine.life().abandon(ref));
      } finally {
        engine.leave();
      }
    }
  }
}
