package hak.cli.store;

import hak.cli.command.Failures;
import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
final class StoreRmCommand extends ReportCommand<StoreRmCommand.Report> {
  @Mixin private StorePath path;

  /** What was deleted and what not. */
  record Report(List<Map<String, Object>> deleted, Failures failures) {}

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "REF|NAME",
      description = "The objects: a ref, which begins with '@', or a name.",
      converter = ObjectArgument.Converter.class)
  private List<ObjectArgument> objects;

  @Override
  protected Report report(ProgressLine progress) {
    Failures failures = new Failures(commandLine());
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
    return new Report(deleted, failures);
  }

  @Override
  protected String json(Report report) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("deleted", report.deleted());
    result.put("failures", report.failures().asList());
    return Json.of(result);
  }

  @Override
  protected void printFailures(Report report, Page errors) {
    report.failures().printCount("deleted", objects.size());
  }

  @Override
  protected int exitCode(Report report) {
    return report.failures().exitCode();
  }
}
