package hak.docs;

import hak.core.Hak;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that profiles have: boxes, their options and the keys of {@code [stack]}. */
final class ProfileNames {
  private static final Pattern STACK_KEY = Pattern.compile("stack\\.([\\w-]+)");

  /** {@code tier.tiny.carve}, {@code box.tls-sll}. */
  private static final Pattern BOX_OPTION =
      Pattern.compile("(?:tier|box)\\.([\\w#-]+)(?:\\.([\\w-]+))?");

  /** {@code [box.tls-sll]}, {@code [box."ring-cache#2"]}. */
  private static final Pattern TABLE =
      Pattern.compile("\\[(?:tier|box)\\.\"?([a-z][\\w#-]*)\"?\\]");

  /** {@code caches = ["tls-sll"]}. */
  private static final Pattern LIST = Pattern.compile("([a-z-]+) = \\[(.*)\\]");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  /** The false names in a piece of code; none in one that is no piece of a profile. */
  static List<String> wrongIn(String code) {
    Matcher stackKey = STACK_KEY.matcher(code);
    if (stackKey.matches()) {
      return isStackKey(stackKey.group(1)) ? List.of() : List.of(code);
    }
    Matcher boxOption = BOX_OPTION.matcher(code);
    if (boxOption.matches()) {
      return hasOption(boxOption.group(1), boxOption.group(2)) ? List.of() : List.of(code);
    }
    Matcher table = TABLE.matcher(code);
    if (table.matches()) {
      return isBox(table.group(1)) ? List.of() : List.of(table.group(1));
    }
    Matcher list = LIST.matcher(code);
    return list.matches() ? wrongInList(list.group(1), list.group(2)) : List.of();
  }

  private static List<String> wrongInList(String key, String boxes) {
    if (Section.of(key).isEmpty()) {
      return Hak.boxes().stream().anyMatch(box -> hasName(box.options(), key))
          ? List.of()
          : List.of(key);
    }
    return QUOTED
        .matcher(boxes)
        .results()
        .map(quoted -> quoted.group(1))
        .filter(id -> !isBox(id))
        .toList();
  }

  /** Whether a profile can have this name, anywhere, or is called so. */
  static boolean has(String name) {
    return isBox(name)
        || isStackKey(name)
        || Hak.profiles().contains(name)
        || Hak.boxes().stream().anyMatch(box -> hasName(box.options(), name));
  }

  private static boolean isStackKey(String name) {
    return Section.of(name).isPresent() || hasName(StackOptions.ALL, name);
  }

  private static boolean isBox(String name) {
    return box(name).isPresent();
  }

  /** Whether there is the box and, where one is named, its option. */
  private static boolean hasOption(String box, String option) {
    return box(box).filter(found -> option == null || hasName(found.options(), option)).isPresent();
  }

  private static Optional<BoxProvider> box(String name) {
    String id = name.replaceFirst("#\\d+$", "");
    return Hak.boxes().stream().filter(box -> box.id().equals(id)).findFirst();
  }

  private static boolean hasName(List<Option> options, String name) {
    return options.stream().anyMatch(option -> option.name().equals(name));
  }

  private ProfileNames() {}
}
