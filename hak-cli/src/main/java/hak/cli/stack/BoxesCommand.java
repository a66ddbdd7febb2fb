package hak.cli.stack;

import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.Paint;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.core.Hak;
import hak.core.profile.NearestName;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the boxes that were found. */
@Command(
    name = "boxes",
    description = "Lists the boxes that a profile can name: role, module and options of each.",
    footer = {"  hak boxes", "  hak boxes tls-sll", "  hak boxes --json boxes.json"})
public final class BoxesCommand extends ReportCommand<List<BoxProvider>> {
  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "Boxes to show (default: all).")
  private List<String> names = List.of();

  /** What a shell completes. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return known().iterator();
    }
  }

  @Override
  protected List<BoxProvider> report(ProgressLine progress) {
    return names.isEmpty() ? Hak.boxes() : names.stream().map(this::find).toList();
  }

  private BoxProvider find(String name) {
    return Hak.boxes().stream()
        .filter(box -> box.id().equals(name))
        .findFirst()
        .orElseThrow(
            () -> badInput("no box '" + name + "'" + NearestName.hint(name, known()), null));
  }

  private static List<String> known() {
    return Hak.boxes().stream().map(BoxProvider::id).toList();
  }

  @Override
  protected void print(List<BoxProvider> boxes, Page page) {
    boxes.forEach(box -> print(box, page));
  }

  private static void print(BoxProvider box, Page page) {
    page.printf(
        "%s  (%s, module %s)%n",
        page.paint(Paint.HEADING, box.id()), box.role().title(), module(box));
    page.printf("  %s%n", box.summary());
    printContract(page, "provides", box.provides());
    printContract(page, "needs", box.requires());
    printContract(page, "not with", box.excludes());
    printContract(page, "comes before", box.before());
    if (!box.options().isEmpty()) {
      TextTable table = new TextTable("option", "allowed", "default", "");
      for (Option option : box.options()) {
        table.row(option.name(), option.range(), option.show(option.defaultValue()), option.text());
      }
      page.print(table, "    ");
    }
    page.println();
  }

  private static void printContract(Page page, String title, Set<String> names) {
    if (!names.isEmpty()) {
      page.printf("  %s: %s%n", title, names.stream().sorted().collect(Collectors.joining(", ")));
    }
  }

  private static String module(BoxProvider box) {
    Module module = box.getClass().getModule();
    return module.isNamed() ? module.getName() : box.getClass().getPackageName();
  }

  @Override
  protected String json(List<BoxProvider> boxes) {
    return Json.of(Map.of("boxes", boxes.stream().map(BoxesCommand::asMap).toList()));
  }

  private static Map<String, Object> asMap(BoxProvider box) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", box.id());
    json.put("role", box.role().title());
    json.put("module", module(box));
    json.put("summary", box.summary());
    json.put("provides", box.provides().stream().sorted().toList());
    json.put("requires", box.requires().stream().sorted().toList());
    json.put("excludes", box.excludes().stream().sorted().toList());
    json.put("before", box.before().stream().sorted().toList());
    json.put("options", box.options().stream().map(BoxesCommand::asMap).toList());
    return json;
  }

  private static Map<String, Object> asMap(Option option) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", option.name());
    json.put("kind", option.kind().name().toLowerCase(Locale.ROOT));
    json.put("unit", option.unit());
    boolean number = option.kind() == Option.Kind.COUNT || option.kind() == Option.Kind.BYTES;
    if (number) {
      json.put("min", option.min());
      json.put("max", option.max());
    }
    if (option.kind() == Option.Kind.CHOICE) {
      json.put("choices", option.choices());
    }
    json.put("default", option.defaultValue());
    json.put("text", option.text());
    return json;
  }
}
