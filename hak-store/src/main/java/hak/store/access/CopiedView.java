package hak.store.access;

import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A copy of an object, whose checksum was right. Its memory goes when it is closed. */
final class CopiedView implements ObjectView {
  private final ObjectRef ref;
  private final Arena arena;
  private final MemorySegment segment;
  private final ObjectMetadata metadata;

  CopiedView(ObjectRef ref, Arena arena, MemorySegment copy, ObjectMetadata metadata) {
    this.metadata = metadata;
    this.ref = ref;
    this.arena = arena;
    segment = copy.asReadOnly();
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
    return metadata;
  }

  @Override
  public MemorySegment segment() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("the view of " + ref + " was closed");
    }
    return segment;
  }

  @Override
  public boolean isIntact() {
    segment();
    return true; // It was when it was copied, and nobody else has the copy.
  }

  @Override
  public void copyTo(MemorySegment target) {
    MemorySegment data = segment();
    target.asSlice(0, data.byteSize()).copyFrom(data);
  }

  @Override
  public synchronized void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
