package hak.cli.store;

import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.store.ObjectStore;
import hak.store.Sharing;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates a store. */
@Command(
    name = "create",
    description = {
      "Creates an empty store that only you can use, unless --sharing says more; a file that is"
          + " there already stays as it is.",
      "",
      "The limits are written into the file and cannot be changed later. Memory is taken as objects"
          + " are put. Amounts are bytes, or have a unit: 64MiB, 4GiB."
    },
    footer = {
      "  hak store create models",
      "  hak store create /dev/shm/models --bytes 16GiB --objects 1000",
      "  hak store create cache --bytes 512MiB --evict",
      "  hak store create team --sharing group"
    })
final class StoreCreateCommand extends ReportCommand<StoreStats> {
  @Mixin private StorePath store;

  @Option(
      names = "--bytes",
      paramLabel = "AMOUNT",
      defaultValue = "4GiB",
      description = "Most bytes of data, 4KiB to 4TiB (default: ${DEFAULT-VALUE}).",
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
      description = "When full, delete the objects that were used least recently.")
  private boolean evict;

  @Option(
      names = "--sharing",
      paramLabel = "WHO",
      defaultValue = "nobody",
      description =
          "Who else may use it: nobody (mode 0600), group-reads (0640), all-read (0644) or group"
              + " (0660) (default: ${DEFAULT-VALUE}).",
      converter = SharingArgument.class)
  private Sharing sharing;

  @Override
  protected StoreStats report(ProgressLine progress) {
    StoreOptions options =
        StoreOptions.DEFAULT
            .withCapacityBytes(capacityBytes)
            .withObjectLimit((int) objects)
            .withProcessLimit((int) processes)
            .withGrowthBytes(growthBytes)
            .withEviction(evict)
            .withSharing(sharing);
    try (ObjectStore created = ObjectStore.createNew(store.path(), options)) {
      return created.stats();
    }
  }

  @Override
  protected void print(StoreStats stats, Page page) {
    page.printf(
        "created %s: %s for %,d objects and %d processes, in steps of %s%s%s%n",
        store.path(),
        StoreLimit.Bytes.show(stats.capacityBytes()),
        stats.objectLimit(),
        stats.processLimit(),
        StoreLimit.Bytes.show(stats.growthBytes()),
        stats.eviction() ? ", evicting" : "",
        sharing == Sharing.NOBODY ? "" : ", sharing: " + SharingArgument.show(sharing));
  }

  @Override
  protected String json(StoreStats stats) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", store.path().toString());
    map.put("capacityBytes", stats.capacityBytes());
    map.put("objectLimit", stats.objectLimit());
    map.put("processLimit", stats.processLimit());
    map.put("growthBytes", stats.growthBytes());
    map.put("eviction", stats.eviction());
    map.put("metadataBytes", stats.metadataBytes());
    map.put("sharing", SharingArgument.show(sharing));
    return Json.of(map);
  }
}
