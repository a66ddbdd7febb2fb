package hak.bench.store;

import hak.bench.process.ChildProcess;
import hak.bench.process.JavaCommand;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The store that is measured. Closing it removes it if it was not there before. */
final class BenchedStore implements AutoCloseable {
  private static final long WORKER_HEAP_MEBIBYTES = 64;
  private static final int SPARE_OBJECTS = 1000;

  private final ObjectStore store;
  private final boolean isOurs;

  private BenchedStore(ObjectStore store, boolean isOurs) {
    this.store = store;
    this.isOurs = isOurs;
  }

  static BenchedStore open(Path path, StoreScale scale) {
    boolean isOurs = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    if (isOurs) {
      // When the command is interrupted.
      path.toFile().deleteOnExit();
    }
    int objects = Math.max(scale.getObjects(), scale.batchObjects()) + SPARE_OBJECTS;
    return new BenchedStore(
        ObjectStore.open(path, StoreOptions.DEFAULT.withObjectLimit(objects)), isOurs);
  }

  ObjectStore store() {
    return store;
  }

  /** A process that uses the store on request. */
  ChildProcess worker(String name) {
    List<String> command =
        JavaCommand.of(
            WorkerMain.class,
            WORKER_HEAP_MEBIBYTES,
            List.of(),
            "hak.core",
            List.of(store.path().toString()));
    return ChildProcess.start(name, command, Map.of());
  }

  @Override
  public void close() {
    Path path = store.path();
    store.close();
    if (isOurs) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
