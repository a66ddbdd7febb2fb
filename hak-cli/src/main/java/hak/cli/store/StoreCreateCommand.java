package hak.cli.store;

import hak.cli.command.ExitCode;
import hak.cli.output.Json;
import hak.cli.output.JsonTarget;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates a store. */
@Command(
    name = "create",
    description = {
      "Creates an empty store that only you can use; a file that is there already stays as it is.",
      "",
      "The limits are written into the file and cannot be changed later. Memory is taken as objects"
          + " are put. Amounts are bytes, or have a unit: 64MiB, 4GiB."
    },
    footer = {
      "  hak store create models",
      "  hak store create /dev/shm/models --bytes 16GiB --objects 1000",
      "  hak store create cache --bytes 512MiB --evict"
    })
final class StoreCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StorePath store;
  @Mixin private JsonTarget json;

  @Option(
      names = "--bytes",
      paramLabel = "AMOUNT",
      defaultValue = "4GiB",
      description = "Most bytes of data, 4KiB to 64GiB (default: ${DEFAULT-VALUE}).",
      converter = StoreLimit.Bytes.class)
  private long capacityBytes;

  @Option(
      names = "--objects",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Most objects at a time, 1 to 1048576 (default: ${DEFAULT-VALUE}).",
      converter = StoreLimit.Objects.class)
  private long objects;

  @Option(
      names = "--processes",
      paramLabel = "N",
      defaultValue = "64",
      description = "Most processes that have it open, 1 to 255 (default: ${DEFAULT-VALUE}).",
      converter = StoreLimit.Processes.class)
  private long processes;

  @Option(
      names = "--growth",
      paramLabel = "AMOUNT",
      defaultValue = "64MiB",
      description = "By how much the file grows at a time (default: ${DEFAULT-VALUE}).",
      converter = StoreLimit.Bytes.class)
  private long growthBytes;

  @Option(
      names = "--evict",
      description = "When full, delete the objects that were read least recently.")
  private boolean evict;

  @Override
  public Integer call() {
    json.requireWritable();
    StoreOptions options =
        StoreOptions.DEFAULT
            .withCapacityBytes(capacityBytes)
            .withObjectLimit((int) objects)
            .withProcessLimit((int) processes)
            .withGrowthBytes(growthBytes)
            .withEviction(evict);
    try (ObjectStore created = ObjectStore.createNew(store.path(), options)) {
      StoreStats stats = created.stats();
      if (!json.isStandardOutput()) {
        print(stats);
      }
      json.write(Json.of(asMap(stats)));
    }
    return ExitCode.FINE;
  }

  private void print(StoreStats stats) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "created %s: %s for %,d objects and %d processes, in steps of %s%s%n",
            store.path(),
            StoreLimit.Bytes.show(stats.capacityBytes()),
            stats.objectLimit(),
            stats.processLimit(),
            StoreLimit.Bytes.show(stats.growthBytes()),
            stats.eviction() ? ", evicting" : "");
  }

  private Map<String, Object> asMap(StoreStats stats) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", store.path().toString());
    map.put("capacityBytes", stats.capacityBytes());
    map.put("objectLimit", stats.objectLimit());
    map.put("processLimit", stats.processLimit());
    map.put("growthBytes", stats.growthBytes());
    map.put("eviction", stats.eviction());
    map.put("metadataBytes", stats.metadataBytes());
    return map;
  }
}
