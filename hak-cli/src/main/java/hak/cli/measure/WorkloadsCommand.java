package hak.cli.measure;

import hak.bench.workload.SyntheticWorkloads;
import hak.bench.workload.WorkloadType;
import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.Paint;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.core.spi.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lists the synthetic workloads. */
@Command(
    name = "workloads",
    description =
        "Lists what --workload can name: what each does, what an operation of it is, and its"
            + " parameters.",
    footer = {"  hak workloads", "  hak run --workload larson:slots=1000,generations=8"})
public final class WorkloadsCommand extends ReportCommand<List<WorkloadType>> {
  @Override
  protected List<WorkloadType> report(ProgressLine progress) {
    return SyntheticWorkloads.all();
  }

  @Override
  protected void print(List<WorkloadType> types, Page page) {
    types.forEach(type -> print(type, page));
  }

  private static void print(WorkloadType type, Page page) {
    page.printf("%s%n", page.paint(Paint.HEADING, type.form()));
    page.printf("  %s%n", type.summary());
    page.printf("  An operation: %s.%n", type.operation());
    TextTable table = new TextTable("parameter", "allowed", "default", "");
    for (Option parameter : type.allParameters()) {
      table.row(
          parameter.name(),
          parameter.range(),
          parameter.show(parameter.defaultValue()),
          parameter.text());
    }
    page.print(table, "    ");
    page.println();
  }

  @Override
  protected String json(List<WorkloadType> types) {
    return Json.of(Map.of("workloads", types.stream().map(WorkloadsCommand::asMap).toList()));
  }

  private static Map<String, Object> asMap(WorkloadType type) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", type.form());
    json.put("summary", type.summary());
    json.put("operation", type.operation());
    json.put("parameters", type.allParameters().stream().map(WorkloadsCommand::asMap).toList());
    return json;
  }

  private static Map<String, Object> asMap(Option parameter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", parameter.name());
    json.put("unit", parameter.unit());
    json.put("min", parameter.min());
    json.put("max", parameter.max());
    json.put("default", parameter.defaultValue());
    json.put("text", parameter.text());
    return json;
  }
}
