package hak.store.cluster;

import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import java.lang.foreign.MemorySegment;

/** A view of the copy in the near cache, under the ref of the cluster. */
record ClusterView(ObjectRef ref, ObjectView copy) implements ObjectView {
  @Override
  public long sizeBytes() {
    return copy.sizeBytes();
  }

  @Override
  public ObjectMetadata metadata() {
    return copy.metadata();
  }

  @Override
  public MemorySegment segment() {
    return copy.segment();
  }

  @Override
  public boolean isIntact() {
    return copy.isIntact();
  }

  @Override
  public void copyTo(MemorySegment target) {
    copy.copyTo(target);
  }

  @Override
  public void close() {
    copy.close();
  }
}
