package hak.store.bench.speed;

import hak.bench.Jvm;
import hak.bench.Steps;

/**
 * Measures an object store on this machine: reading, writing, two writers against one, and handing
 * over from one process to another.
 */
public final class StoreBench {
  private StoreBench() {}

  /**
   * Runs a request. A store that was there is left as it was, one that was not is removed.
   *
   * @throws hak.store.StoreException if the store cannot be opened or has no room
   * @throws java.io.UncheckedIOException if a process cannot be started or ends early
   */
  public static StoreBenchReport run(StoreBenchRequest request) {
    StoreScale scale = request.scale();
    Steps steps = new Steps(request.progress(), 2L + 2L * scale.sizesBytes().size());
    try (BenchedStore benched = BenchedStore.open(request.path(), scale)) {
      StoreBenchReport report =
          new StoreBenchReport(
              request.path().toString(),
              Jvm.name(),
              request.rounds(),
              GetBench.run(benched, request, steps),
              WriteBench.run(benched, request, steps),
              WriterBench.run(benched, request, steps),
              HandOverBench.run(benched, request, steps));
      steps.end("store");
      return report;
    }
  }
}
