package hak.store.cluster;

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

  /** Announces an object; when that fails, also halfway, it is given up. */
  Manifest announce(String name, long sizeBytes) {
    while (true) {
      Manifest manifest = directory.draft(name, sizeBytes);
      writing.add(manifest);
      try {
        if (directory.announce(manifest)) {
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
