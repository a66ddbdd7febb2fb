package hak.store.bench.speed;

import hak.bench.process.ChildProcess;
import hak.bench.process.JavaCommand;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.bench.load.ScratchStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The store that is measured, with processes that use it.
 *
 * @param scratch closed with this
 */
record BenchedStore(ScratchStore scratch) implements AutoCloseable {
  private static final long WORKER_HEAP_MEBIBYTES = 64;
  private static final int SPARE_OBJECTS = 1000;

  static BenchedStore open(Path path, StoreScale scale) {
    int objects = Math.max(scale.getObjects(), scale.batchObjects()) + SPARE_OBJECTS;
    return new BenchedStore(
        ScratchStore.open(path, StoreOptions.DEFAULT.withObjectLimit(objects), "bench"));
  }

  ObjectStore store() {
    return scratch.store();
  }

  /** A process that uses the store on request. */
  ChildProcess worker(String name) {
    List<String> command =
        JavaCommand.of(
            WorkerMain.class,
            WORKER_HEAP_MEBIBYTES,
            List.of(),
            "hak.core",
            List.of(store().path().toString()));
    return ChildProcess.start(name, command, Map.of());
  }

  @Override
  public void close() {
    scratch.close();
  }
}
