package hak.docs;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import com.sun.source.tree.DirectiveTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.ProvidesTree;
import com.sun.source.tree.RequiresTree;
import hak.bench.workload.SyntheticWorkloads;
import hak.bench.workload.WorkloadType;
import hak.core.Hak;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of documents that are made of what the code says, each between two comments:
 *
 * <pre>
 * &lt;!-- generated: options tls-sll --&gt;
 * ...
 * &lt;!-- end of generated --&gt;
 * </pre>
 *
 * <p>{@code options ID} is the table of a box, {@code options stack} that of {@code [stack]};
 * {@code boxes} is the table of all boxes, {@code modules} of all modules, {@code rooms NAME} of
 * the packages of one, {@code workloads} of the synthetic workloads.
 */
final class GeneratedParts {
  private static final Pattern PART =
      Pattern.compile(
          "(<!-- generated: (.+?) -->\n).*?(<!-- end of generated -->)", Pattern.DOTALL);

  private final Path root;
  private final SourceTree sources;

  GeneratedParts(Path root, SourceTree sources) {
    this.root = root;
    this.sources = sources;
  }

  /** What is generated in a document: {@code options tls-sll}. */
  static List<String> in(String document) {
    return PART.matcher(document).results().map(part -> part.group(2)).toList();
  }

  /** The document with its parts as they are to be. */
  String update(Path document, String text) {
    return PART.matcher(text)
        .replaceAll((MatchResult part) ->
            Matcher.quoteReplacement(
                part.group(1) + part(document, part.group(2)) + part.group(3)));
  }

  private String part(Path document, String what) {
    List<String> words = List.of(what.split(" ", -1));
    List<String> names = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "options" -> options(names.getFirst());
      case "boxes" -> boxes(document);
      case "modules" -> modules();
      case "rooms" -> rooms(names.getFirst());
      case "workloads" -> workloads();
      default -> throw new IllegalArgumentException(document + ": nothing makes '" + what + "'");
    };
  }

  private String options(String id) {
    List<Option> options = id.equals("stack") ? StackOptions.ALL : box(id).options();
    MarkdownTable table = new MarkdownTable("option", "range", "default", "meaning");
    options.forEach(option ->
        table.row(
            "`" + option.name() + "`",
            option.range(),
            option.show(option.defaultValue()),
            option.text()));
    return table.toString();
  }

  private static String workloads() {
    MarkdownTable table =
        new MarkdownTable("workload", "what it does", "an operation", "parameters: default, range");
    for (WorkloadType type : SyntheticWorkloads.all()) {
      table.row(
          "`" + type.form() + "`",
          type.summary(),
          type.operation(),
          type.allParameters().stream().map(GeneratedParts::inShort).collect(joining("; ")));
    }
    return table.toString();
  }

  private static String inShort(Option parameter) {
    return String.format(
        "`%s` %s, %s",
        parameter.name(), parameter.show(parameter.defaultValue()), parameter.range());
  }

  private BoxProvider box(String id) {
    return boxes().filter(box -> box.id().equals(id)).findFirst().orElseThrow();
  }

  private String boxes(Path document) {
    MarkdownTable table = new MarkdownTable("box", "role", "what it does");
    boxes()
        .sorted(Comparator.comparing(BoxProvider::role).thenComparing(BoxProvider::id))
        .forEach(box -> table.row(named(box, document), box.role().title(), box.summary()));
    return table.toString();
  }

  /** Those that a module provides; tests have others. */
  Stream<BoxProvider> boxes() {
    Set<String> provided =
        sources.modules().stream()
            .flatMap(module -> directives(module, ProvidesTree.class))
            .flatMap(provides -> provides.getImplementationNames().stream())
            .map(Object::toString)
            .collect(toSet());
    return Hak.boxes().stream().filter(box -> provided.contains(box.getClass().getName()));
  }

  /** The name of a box, with a link to its README where it has one. */
  private String named(BoxProvider box, Path document) {
    String name = "`" + box.id() + "`";
    return Stream.of(
            root.resolve("hak-boxes").resolve(box.id()),
            root.resolve(box.getClass().getPackageName().replace('.', '-'))) // a first tier
        .map(folder -> folder.resolve("README.md"))
        .filter(Files::exists)
        .map(readme -> "[" + name + "](" + document.getParent().relativize(readme) + ")")
        .findFirst()
        .orElse(name);
  }

  private String modules() {
    MarkdownTable table = new MarkdownTable("module", "what lives there", "requires of ours");
    for (String name : inDependencyOrder()) {
      String requires = String.join(", ", required(name));
      table.row(name, sources.module(name).about(), requires.isEmpty() ? "-" : requires);
    }
    return table.toString();
  }

  private Set<String> inDependencyOrder() {
    Set<String> ordered = new LinkedHashSet<>();
    Set<String> left = new TreeSet<>(sources.modules());
    while (!left.isEmpty()) {
      List<String> next =
          left.stream().filter(module -> ordered.containsAll(required(module))).toList();
      ordered.addAll(next);
      if (!left.removeAll(next)) {
        throw new IllegalStateException("modules require each other: " + left);
      }
    }
    return ordered;
  }

  private List<String> required(String module) {
    return directives(module, RequiresTree.class)
        .map(requires -> requires.getModuleName().toString())
        .filter(sources.modules()::contains)
        .toList();
  }

  private <T extends DirectiveTree> Stream<T> directives(String module, Class<T> kind) {
    return sources.descriptor(module).getDirectives().stream()
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  private String rooms(String module) {
    MarkdownTable table = new MarkdownTable("room", "what lives there", "who calls it");
    for (SourceRoom room : sources.packagesOf(sources.module(module))) {
      String name = within(module, room.name());
      table.row(name.isEmpty() ? "(root)" : name, room.about(), callers(module, room.name()));
    }
    return table.toString();
  }

  /** The rooms of the module that do, the modules that may, and who looks for a service. */
  private String callers(String module, String packageName) {
    List<String> callers = new ArrayList<>();
    directives(module, ExportsTree.class)
        .filter(exports -> exports.getPackageName().toString().equals(packageName))
        .findFirst()
        .ifPresent(exports -> callers.addAll(modulesOf(exports)));
    if (!callers.contains("everybody")) {
      sources.users(sources.module(module), packageName).stream()
          .map(user -> within(module, user))
          .map(user -> user.isEmpty() ? "(root)" : user)
          .forEach(callers::add);
    }
    if (provides(module, packageName)) {
      callers.add("who looks for the service");
    }
    return callers.isEmpty() ? "-" : String.join(", ", callers);
  }

  private boolean provides(String module, String packageName) {
    return directives(module, ProvidesTree.class)
        .flatMap(provides -> provides.getImplementationNames().stream())
        .map(Object::toString)
        .anyMatch(type -> type.substring(0, type.lastIndexOf('.')).equals(packageName));
  }

  private static List<String> modulesOf(ExportsTree exports) {
    return exports.getModuleNames() == null
        ? List.of("everybody")
        : List.copyOf(
            exports.getModuleNames().stream()
                .map(Object::toString)
                .collect(toCollection(TreeSet::new)));
  }

  private static String within(String module, String packageName) {
    return packageName.equals(module) ? "" : packageName.substring(module.length() + 1);
  }
}
