package hak.store.modular;

import hak.store.ObjectRef;
import hak.store.ObjectView;
import hak.store.cluster.ClusterOptions;
import hak.store.cluster.ClusterStore;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;

/** A program that has hak.store.cluster on its module path and Infinispan on its class path. */
public final class NamedModuleProgram {
  private NamedModuleProgram() {}

  public static void main(String[] arguments) throws Exception {
    ClusterOptions options =
        ClusterOptions.loopback("modular", Path.of(arguments[0]))
            .withBind("127.0.0.1", Integer.parseInt(arguments[1]));
    try (ClusterStore store = ClusterStore.open(options)) {
      FutureTask<Long> waiter =
          new FutureTask<>(() -> {
            try (ObjectView view = store.get("n", Duration.ofSeconds(20))) {
              return view.sizeBytes();
            }
          });
      Thread.ofPlatform().start(waiter);
      ObjectRef ref = store.put("n", MemorySegment.ofArray(new byte[3_000_000]));
      System.out.println(ClusterStore.class.getModule() + " " + waiter.get());
      store.delete(ref);
    }
  }
}
