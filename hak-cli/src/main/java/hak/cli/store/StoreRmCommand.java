package hak.cli.store;

import hak.cli.command.Failures;
import hak.cli.output.Json;
import hak.cli.output.JsonTarget;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes objects of a store. */
@Command(
    name = "rm",
    description = {
      "Deletes objects, whatever their reference counts.",
      "",
      "Who is reading one reads on; its space returns when the last has finished. One that is not"
          + " there does not keep the others: a line on standard error, and exit code 1."
    },
    footer = {"  hak store rm models weights", "  hak store rm models @10000a @10000b"})
final class StoreRmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StorePath path;
  @Mixin private JsonTarget json;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "REF|NAME",
      description = "The objects: a ref, which begins with '@', or a name.",
      converter = ObjectArgument.Converter.class)
  private List<ObjectArgument> objects;

  @Override
  public Integer call() {
    json.requireWritable();
    Failures failures = new Failures(spec.commandLine());
    List<Map<String, Object>> deleted = new ArrayList<>();
    try (ObjectStore store = path.open()) {
      for (ObjectArgument object : objects) {
        try {
          ObjectRef ref = object.find(store);
          store.delete(ref);
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("object", object.text());
          entry.put("ref", ref.toString());
          deleted.add(entry);
        } catch (StoreException e) {
          failures.add(object.text(), e);
        }
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("deleted", deleted);
    result.put("failures", failures.asList());
    json.write(Json.of(result));
    return failures.finish("deleted", objects.size());
  }
}
