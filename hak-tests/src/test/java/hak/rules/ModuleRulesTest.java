package hak.rules;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.spi.BoxProvider;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the modules say of themselves: checked-in descriptors, dependency order, services. */
class ModuleRulesTest {
  private static final Path CHECKED_IN = Path.of("src/test/resources/module-descriptors");
  private static final String UPDATE = "hak.updateDescriptors";
  private static final String BOX_PROVIDER = "hak.core.spi.BoxProvider";

  static List<BuiltModule> modules() throws IOException {
    return BuiltModule.all();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void descriptorEqualsTheCheckedInOne(BuiltModule module) throws IOException {
    Path file = CHECKED_IN.resolve(module.name() + ".txt");
    String built = render(module.descriptor());
    if (Boolean.getBoolean(UPDATE)) {
      Files.createDirectories(CHECKED_IN);
      Files.writeString(file, built);
    }
    String checkedIn = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(
        checkedIn,
        built,
        () -> file + " differs; if the change is meant: ./hak test -D" + UPDATE + "=true");
  }

  @Test
  void everyCheckedInDescriptorHasAModule() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (BuiltModule module : modules()) {
      expected.add(module.name() + ".txt");
    }
    try (Stream<Path> files = Files.list(CHECKED_IN)) {
      assertEquals(
          expected, files.map(f -> f.getFileName().toString()).collect(toCollection(TreeSet::new)));
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void requiresOnlyWhatTheDependencyOrderAllows(BuiltModule module) {
    for (Requires requires : module.descriptor().requires()) {
      assertTrue(
          mayRequire(module.name(), requires.name()),
          () -> module.name() + " must not require " + requires.name());
    }
  }

  /** The table of modules in docs/ARCHITECTURE.md, in dependency order. */
  private static boolean mayRequire(String module, String required) {
    if (required.startsWith("java.") || required.startsWith("jdk.")) {
      return true;
    }
    boolean ours = required.startsWith("hak.");
    return switch (module) {
      case "hak.core", "hak.toml" -> false;
      case "hak.policy" -> required.equals("hak.core") || required.equals("hak.toml");
      case "hak.bench" -> !required.startsWith("hak.store") && !required.equals("hak.cli");
      case "hak.netty" -> !ours || required.equals("hak.bench");
      case "hak.store.bench" ->
          !ours || required.equals("hak.bench") || required.equals("hak.store");
      case "hak.cli" -> true;
      case "hak.store.cluster" -> !ours || required.equals("hak.store");
      case "hak.learn" -> !ours || required.equals("hak.core") || required.equals("hak.policy");
      default ->
          !ours
              || required.equals("hak.core")
              || (module.startsWith("hak.box.") && required.equals("hak.learn"));
    };
  }

  @ParameterizedTest
  @MethodSource("modules")
  void onlyTheCoreLooksForBoxes(BuiltModule module) {
    assertEquals(
        module.name().equals("hak.core"),
        module.descriptor().uses().contains(BOX_PROVIDER),
        module.name());
  }

  /** What hak.core relies on when it loads none but the boxes that a profile names. */
  @ParameterizedTest
  @MethodSource("modules")
  void boxesAreCalledAfterTheirIdsAndOpenToTheCoreAlone(BuiltModule module)
      throws ReflectiveOperationException {
    Set<String> packages = new TreeSet<>();
    for (String name : boxProviders(module)) {
      Class<?> type = Class.forName(name);
      BoxProvider box = (BoxProvider) type.getConstructor().newInstance();
      assertEquals(
          box.id().replace("-", "") + "provider", type.getSimpleName().toLowerCase(Locale.ROOT));
      packages.add(type.getPackageName());
    }
    Set<String> open = new TreeSet<>();
    for (ModuleDescriptor.Opens opens : module.descriptor().opens()) {
      if (opens.targets().equals(Set.of("hak.core"))) {
        open.add(opens.source());
      }
    }
    assertEquals(packages, open, module.name());
  }

  private static List<String> boxProviders(BuiltModule module) {
    return module.descriptor().provides().stream()
        .filter(provides -> provides.service().equals(BOX_PROVIDER))
        .flatMap(provides -> provides.providers().stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void servicesAreTheSameOnTheClassPathAndOnTheModulePath(BuiltModule module) throws IOException {
    Map<String, Set<String>> provided = new TreeMap<>();
    module
        .descriptor()
        .provides()
        .forEach(p -> provided.put(p.service(), new TreeSet<>(p.providers())));

    Map<String, Set<String>> listed = new TreeMap<>();
    Path services = module.classes().resolve("META-INF/services");
    if (Files.isDirectory(services)) {
      try (var files = Files.newDirectoryStream(services)) {
        for (Path file : files) {
          listed.put(file.getFileName().toString(), providersIn(file));
        }
      }
    }
    assertEquals(provided, listed, module.name());
  }

  private static Set<String> providersIn(Path servicesFile) throws IOException {
    try (Stream<String> lines = Files.lines(servicesFile)) {
      return lines
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .collect(toCollection(TreeSet::new));
    }
  }

  /** The descriptor as source text in one fixed order, without what the compiler adds. */
  private static String render(ModuleDescriptor module) {
    Stream<String> requires =
        module.requires().stream()
            .filter(r -> !r.modifiers().contains(Requires.Modifier.MANDATED))
            .map(r -> "requires " + words(r.modifiers()) + r.name());
    Stream<String> exports =
        module.exports().stream().map(e -> "exports " + e.source() + list(" to ", e.targets()));
    Stream<String> opens =
        module.opens().stream().map(o -> "opens " + o.source() + list(" to ", o.targets()));
    Stream<String> uses = module.uses().stream().map(service -> "uses " + service);
    Stream<String> provides =
        module.provides().stream()
            .map(p -> "provides " + p.service() + list(" with ", p.providers()));
    return Stream.of(requires, exports, opens, uses, provides)
        .flatMap(Stream::sorted)
        .map(line -> "  " + line + ";\n")
        .collect(
            joining("", words(module.modifiers()) + "module " + module.name() + " {\n", "}\n"));
  }

  private static String words(Collection<? extends Enum<?>> modifiers) {
    return modifiers.stream()
        .map(m -> m + " ")
        .map(ModuleRulesTest::lower)
        .sorted()
        .collect(joining());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String list(String before, Collection<String> names) {
    return names.isEmpty() ? "" : before + names.stream().sorted().collect(joining(", "));
  }
}
