package hak.store.access;

import hak.core.os.Lease;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.WritableObject;
import hak.store.copy.CrcJoin;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An allocated object that has one use of the mapping, until it is sealed or given up. */
final class PendingObject implements WritableObject {
  /**
   * From this size on the space itself is lent: to end a loan takes 20 us, to copy less takes less.
   */
  private static final long LEAST_LOAN_BYTES = 64 << 10;

  private final StoreEngine engine;
  private final ObjectRef ref;
  private final MemorySegment segment;
  private int appendedSum;
  private long appendedBytes;

  /**
   * What the caller writes in place, null until it is asked for: the space itself for a time, or
   * memory of its own whose contents come here when the object is sealed.
   */
  private MemorySegment lent;

  private boolean isCopy;
  private Arena loan;
  private boolean done;

  private PendingObject(StoreEngine engine, ObjectRef ref, MemorySegment segment) {
    this.engine = engine;
    this.ref = ref;
    this.segment = segment;
  }

  /** Allocates one; the caller gives it a use of the mapping. */
  static PendingObject create(
      StoreEngine engine, byte[] name, long sizeBytes, ObjectMetadata metadata) {
    ObjectRef ref = engine.allocation().allocate(name, sizeBytes);
    try {
      engine.describe(ref, metadata);
      return new PendingObject(engine, ref, engine.data().writable(ref));
    } catch (Throwable e) {
      engine.life().abandonAfter(e, ref);
      throw e;
    }
  }

  @Override
  public ObjectRef ref() {
    return ref;
  }

  @Override
  public synchronized MemorySegment segment() {
    checkOpen();
    if (lent == null) {
      lend();
    }
    return lent;
  }

  private void lend() {
    if (segment.byteSize() < LEAST_LOAN_BYTES) {
      MemorySegment copy = onHeap((int) segment.byteSize());
      engine.guard().run(() -> MemorySegment.copy(segment, 0, copy, 0, appendedBytes));
      lent = copy;
      isCopy = true;
      return;
    }
    Arena arena = Arena.ofShared();
    try {
      lent = Lease.of(segment, arena);
      loan = arena;
    } catch (IllegalCallerException e) {
      arena.close();
      lent = segment; // Cannot be taken back, where native access is not allowed.
    }
  }

  /** Of longs, so that these may be written too. */
  private static MemorySegment onHeap(int bytes) {
    long[] longs = new long[(bytes + Long.BYTES - 1) / Long.BYTES];
    return MemorySegment.ofArray(longs).asSlice(0, bytes);
  }

  /** From now on nobody writes any more, wherever the segment has gone. */
  private void takeBack() {
    if (loan != null) {
      loan.close();
      loan = null;
    }
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
    MemorySegment to = (isCopy ? lent : segment).asSlice(appendedBytes, size);
    int sum = engine.guard().call(() -> copy(part, to));
    appendedSum = CrcJoin.join(appendedSum, sum, size);
    appendedBytes += size;
  }

  private int copy(MemorySegment part, MemorySegment to) {
    try {
      return engine.data().copy(part, to);
    } catch (InternalError e) {
      throw engine.whileCopying(e);
    }
  }

  @Override
  public synchronized ObjectRef seal() {
    checkOpen();
    takeBack();
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
    if (isCopy) {
      segment.copyFrom(lent);
    }
    return lent == null && appendedBytes == segment.byteSize()
        ? appendedSum
        : engine.data().sum(segment);
  }

  @Override
  public synchronized void close() {
    if (!done) {
      takeBack();
      done = true;
      try {
        engine.guard().run(() -> engine.life().abandon(ref));
      } finally {
        engine.leave();
      }
    }
  }
}
