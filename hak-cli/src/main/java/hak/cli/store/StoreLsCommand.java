package hak.cli.store;

import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.Printable;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.store.ObjectInfo;
import hak.store.ObjectStore;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the objects of a store. */
@Command(
    name = "ls",
    description = {
      "Lists the objects of a store, oldest first; with PREFIX, those whose names begin so.",
      "",
      "refs: references, without the last of which it is deleted; views: how many have it open, in"
          + " all processes."
    },
    footer = {
      "  hak store ls models",
      "  hak store ls models layer-",
      "  hak store ls /dev/shm/models --json -"
    })
final class StoreLsCommand extends ReportCommand<List<ObjectInfo>> {
  @Mixin private StorePath path;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PREFIX",
      description = "How the names begin, up to 120 bytes of UTF-8.",
      converter = ObjectArgument.NameConverter.class)
  private String prefix;

  @Override
  protected List<ObjectInfo> report(ProgressLine progress) {
    try (ObjectStore store = path.open()) {
      return store.list(prefix == null ? "" : prefix).stream()
          .sorted(
              Comparator.comparing(ObjectInfo::created)
                  .thenComparingLong(object -> object.ref().value()))
          .toList();
    }
  }

  @Override
  protected String json(List<ObjectInfo> objects) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("prefix", prefix);
    result.put("objects", objects.stream().map(StoreLsCommand::asMap).toList());
    return Json.of(result);
  }

  @Override
  protected void print(List<ObjectInfo> objects, Page page) {
    TextTable table = new TextTable("ref", ">bytes", ">refs", ">views", "state", "created", "name");
    for (ObjectInfo object : objects) {
      table.row(
          object.ref().toString(),
          TextTable.grouped(object.sizeBytes()),
          Integer.toString(object.references()),
          Integer.toString(object.pins()),
          object.sealed() ? "sealed" : "writing",
          object.created().toString(),
          Printable.of(object.name()));
    }
    page.print(table);
  }

  private static Map<String, Object> asMap(ObjectInfo object) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("ref", object.ref().toString());
    map.put("name", object.name().isEmpty() ? null : object.name());
    map.put("sizeBytes", object.sizeBytes());
    map.put("references", object.references());
    map.put("views", object.pins());
    map.put("sealed", object.sealed());
    map.put("created", object.created().toString());
    map.put("type", object.metadata().type());
    map.put("metadata", Base64.getEncoder().encodeToString(object.metadata().bytes()));
    return map;
  }
}
