package hak.store.cluster;

import hak.store.ObjectRef;
import hak.store.WritableObject;
import java.lang.foreign.MemorySegment;

/**
 * An object that is written in the near cache and goes to the cluster when it is sealed: first the
 * chunks, then the copy becomes readable, then the manifest makes it visible.
 */
final class PublishedObject implements WritableObject {
  private final Publication publication;
  private final Manifest manifest;
  private final WritableObject local;
  private final boolean replaces;
  private boolean done;

  /** One that takes its name when it is sealed if it {@code replaces}, and has it otherwise. */
  PublishedObject(
      Publication publication, Manifest manifest, WritableObject local, boolean replaces) {
    this.publication = publication;
    this.manifest = manifest;
    this.local = local;
    this.replaces = replaces;
  }

  @Override
  public ObjectRef ref() {
    return manifest.ref();
  }

  @Override
  public synchronized void append(MemorySegment part) {
    local.append(part);
  }

  @Override
  public synchronized MemorySegment segment() {
    return local.segment();
  }

  @Override
  public synchronized ObjectRef seal() {
    if (done) {
      throw new IllegalStateException(ref() + " was sealed or given up");
    }
    done = true;
    try (local) {
      if (replaces) {
        publication.replace(manifest, local);
      } else {
        publication.publish(manifest, local);
      }
      return ref();
    } catch (Throwable e) {
      publication.giveUp(manifest);
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    if (!done) {
      done = true;
      try (local) {
        publication.giveUp(manifest);
      }
    }
  }
}
