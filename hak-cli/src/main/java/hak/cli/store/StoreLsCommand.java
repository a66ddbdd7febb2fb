package hak.cli.store;

import hak.cli.command.ExitCode;
import hak.cli.output.Json;
import hak.cli.output.JsonTarget;
import hak.cli.output.Printable;
import hak.cli.output.TextTable;
import hak.store.ObjectInfo;
import hak.store.ObjectStore;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the objects of a store. */
@Command(
    name = "ls",
    description = {
      "Lists the objects of a store, oldest first.",
      "",
      "refs: references, without the last of which it is deleted; views: how many have it open, in"
          + " all processes."
    },
    footer = {"  hak store ls models", "  hak store ls /dev/shm/models --json -"})
final class StoreLsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StorePath path;
  @Mixin private JsonTarget json;

  @Override
  public Integer call() {
    json.requireWritable();
    List<ObjectInfo> objects;
    try (ObjectStore store = path.open()) {
      objects =
          store.list().stream()
              .sorted(
                  Comparator.comparing(ObjectInfo::created)
                      .thenComparingLong(object -> object.ref().value()))
              .toList();
    }
    if (!json.isStandardOutput()) {
      print(objects);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("objects", objects.stream().map(StoreLsCommand::asMap).toList());
    json.write(Json.of(result));
    return ExitCode.FINE;
  }

  private void print(List<ObjectInfo> objects) {
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
    table.print(spec.commandLine().getOut(), "");
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
    return map;
  }
}
