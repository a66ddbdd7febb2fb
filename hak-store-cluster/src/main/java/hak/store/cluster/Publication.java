package hak.store.cluster;

import hak.store.DuplicateNameException;
import hak.store.NoSuchObjectException;
import hak.store.ObjectMetadata;
import hak.store.WritableObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way of objects into the cluster: announced, then published or given up. */
final class Publication {
  private final Directory directory;
  private final Chunks chunks;
  private final Sweeper sweeper;
  private final Gate gate;
  private final Set<Manifest> writing = ConcurrentHashMap.newKeySet();

  Publication(Directory directory, Chunks chunks, Sweeper sweeper, Gate gate) {
    this.directory = directory;
    this.chunks = chunks;
    this.sweeper = sweeper;
    this.gate = gate;
  }

  /**
   * Announces an object; when that fails, also halfway, it is given up.
   *
   * @param replaces whether it takes its name when it is published, from whoever has it then
   */
  Manifest announce(String name, long sizeBytes, ObjectMetadata metadata, boolean replaces) {
    while (true) {
      Manifest manifest = directory.draft(name, sizeBytes, metadata);
      writing.add(manifest);
      try {
        if (directory.announce(manifest, replaces)) {
          return manifest;
        }
        writing.remove(manifest);
      } catch (Throwable e) {
        giveUp(manifest);
        throw e;
      }
    }
  }

  /** Seals an object here and everywhere. */
  void publish(Manifest manifest, WritableObject local) {
    gate.pass(() -> {
      int sum = chunks.put(manifest, local.segment());
      local.seal();
      directory.seal(manifest, sum);
      writing.remove(manifest);
      return null;
    });
  }

  /**
   * Seals an object here and everywhere, gives it its name, and deletes the one that had it. It can
   * be found by its ref a moment before. When this node dies after it was sealed and before it has
   * the name, a sweep removes it; when after that, a sweep removes the one that had the name.
   *
   * @throws DuplicateNameException when an object of that name is being written
   */
  void replace(Manifest manifest, WritableObject local) {
    sweeper.spare(manifest.id());
    try {
      publish(manifest, local);
      gate.pass(() -> {
        Manifest before = takeName(manifest);
        if (before != null) {
          delete(before);
        }
        return null;
      });
    } finally {
      sweeper.spareNoLonger(manifest.id());
    }
  }

  private Manifest takeName(Manifest manifest) {
    try {
      return directory.names().take(manifest);
    } catch (DuplicateNameException e) {
      delete(manifest);
      throw e;
    }
  }

  /** Deletes a sealed object, unless somebody did. */
  private void delete(Manifest manifest) {
    try {
      directory.condemn(manifest.ref());
    } catch (NoSuchObjectException e) {
      return;
    }
    sweeper.giveUp(manifest.id());
  }

  /** Removes what there is of an object that will not be sealed. */
  void giveUp(Manifest manifest) {
    if (writing.remove(manifest) && gate.isOpen()) {
      sweeper.giveUp(manifest.id());
    }
  }

  /** Removes what there is of all that were not sealed; after the gate was closed. */
  void giveUpAll() {
    writing.forEach(each -> sweeper.giveUp(each.id()));
  }
}
