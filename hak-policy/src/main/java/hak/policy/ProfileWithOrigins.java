package hak.policy;

import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a profile with all values that hold, those of options that nobody set too, and behind each
 * where it comes from.
 */
public final class ProfileWithOrigins {
  private final ReadProfile read;
  private final List<Line> lines = new ArrayList<>();

  /** A line of TOML and what to say behind it; empty for nothing. */
  private record Line(String text, String origin) {}

  private ProfileWithOrigins(ReadProfile read) {
    this.read = read;
  }

  /** The profile as TOML. Reading it gives a profile of the same stack. */
  public static String render(ReadProfile read) {
    ProfileWithOrigins text = new ProfileWithOrigins(read);
    text.addStack();
    read.profile().boxes().values().forEach(boxes -> boxes.forEach(text::addBox));
    return text.aligned();
  }

  private void add(String line) {
    lines.add(new Line(line, ""));
  }

  private void add(String line, String path) {
    lines.add(new Line(line, read.origin(path)));
  }

  private void addStack() {
    Profile profile = read.profile();
    add("name = " + ProfileText.quoted(profile.name()));
    add("");
    add("[stack]");
    for (Section section : Section.values()) {
      add(ProfileText.list(profile, section), section.path());
    }
    for (Option option : StackOptions.ALL) {
      add(ProfileText.amount(profile, option), "stack." + option.name());
    }
  }

  private void addBox(String box) {
    BoxTables tables = new BoxTables();
    List<Option> options = tables.options(box);
    if (options.isEmpty()) {
      return;
    }
    add("");
    add(tables.header(box));
    for (Option option : options) {
      Object value = read.profile().settings(box).getOrDefault(option.name(), defaultOf(option));
      add(
          ProfileText.key(option.name()) + " = " + ProfileText.value(value),
          "box." + box + "." + option.name());
    }
  }

  private static Object defaultOf(Option option) {
    return switch (option.kind()) {
      case FLAG, LIST -> option.defaultValue();
      case COUNT, BYTES, CHOICE -> option.show(option.defaultValue());
    };
  }

  private String aligned() {
    int width = lines.stream().mapToInt(line -> line.text().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.text());
      if (!line.origin().isEmpty()) {
        text.repeat(' ', width - line.text().length()).append("  # ").append(line.origin());
      }
      text.append('\n');
    }
    return text.toString();
  }
}
