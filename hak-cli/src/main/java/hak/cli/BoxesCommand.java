package hak.cli;

import hak.core.Hak;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the boxes that were found. */
@Command(
    name = "boxes",
    description = "Lists the boxes that a profile can name: role, module and options of each.",
    footer = {"  hak boxes", "  hak boxes --json boxes.json"})
final class BoxesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonTarget json;

  @Override
  public Integer call() {
    json.requireWritable();
    List<BoxProvider> boxes = Hak.boxes();
    if (!json.isStandardOutput()) {
      boxes.forEach(this::print);
    }
    json.write(asJson(boxes));
    return ExitCode.FINE;
  }

  private void print(BoxProvider box) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s  (%s, module %s)%n", box.id(), role(box), module(box));
    out.printf("  %s%n", box.summary());
    if (!box.requires().isEmpty()) {
      out.printf("  needs: %s%n", String.join(", ", box.requires()));
    }
    if (!box.excludes().isEmpty()) {
      out.printf("  not with: %s%n", String.join(", ", box.excludes()));
    }
    if (!box.options().isEmpty()) {
      TextTable table = new TextTable("option", "allowed", "default", "");
      for (Option option : box.options()) {
        table.row(
            option.name(), allowed(option), option.show(option.defaultValue()), option.text());
      }
      table.print(out, "    ");
    }
    out.println();
  }

  private static String role(BoxProvider box) {
    return box.role().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String module(BoxProvider box) {
    Module module = box.getClass().getModule();
    return module.isNamed() ? module.getName() : box.getClass().getPackageName();
  }

  private static String allowed(Option option) {
    return switch (option.kind()) {
      case FLAG -> "true, false";
      case CHOICE -> String.join(", ", option.choices());
      case COUNT, BYTES -> option.show(option.min()) + " .. " + option.show(option.max());
    };
  }

  private static String asJson(List<BoxProvider> boxes) {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("boxes").beginArray();
    for (BoxProvider box : boxes) {
      json.beginObject();
      json.name("id").value(box.id());
      json.name("role").value(box.role().name());
      json.name("module").value(module(box));
      json.name("summary").value(box.summary());
      json.name("requires").strings(box.requires());
      json.name("excludes").strings(box.excludes());
      json.name("options").beginArray();
      for (Option option : box.options()) {
        json.beginObject();
        json.name("name").value(option.name());
        json.name("kind").value(option.kind().name());
        json.name("unit").value(option.unit());
        json.name("min").value(option.min());
        json.name("max").value(option.max());
        json.name("choices").strings(option.choices());
        json.name("default").value(option.defaultValue());
        json.name("text").value(option.text());
        json.endObject();
      }
      json.endArray().endObject();
    }
    return json.endArray().endObject().toString();
  }
}
