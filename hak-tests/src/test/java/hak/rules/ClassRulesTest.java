package hak.rules;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the compiled classes may refer to. */
class ClassRulesTest {
  /** A class in a descriptor or a generic signature. */
  private static final Pattern CLASS_IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");

  private static final Set<String> HANDS_OUT =
      Set.of("Ljava/lang/foreign/MemorySegment;", "Lhak/core/memory/VirtualMemory;");

  static List<BuiltModule> modules() throws IOException {
    return BuiltModule.all();
  }

  static List<BuiltModule> modulesButTheCore() throws IOException {
    return modules().stream().filter(module -> !module.name().equals("hak.core")).toList();
  }

  /** The peer "malloc through FFM" is the one exception: calling malloc is what it is for. */
  private static final String MALLOC_BY_FFM = "hak/bench/peer/";

  @ParameterizedTest
  @MethodSource("modulesButTheCore")
  void onlyTheCoreMakesNativeCalls(BuiltModule module) throws IOException {
    for (ClassModel model : module.classModels()) {
      String name = model.thisClass().asInternalName();
      assertFalse(
          referencedClasses(model).contains("java/lang/foreign/Linker")
              && !name.startsWith(MALLOC_BY_FFM),
          () -> name + " uses java.lang.foreign.Linker");
      assertFalse(
          model.methods().stream().anyMatch(m -> m.flags().has(AccessFlag.NATIVE)),
          () -> name + " declares a native method");
    }
  }

  /** What every module may call must not lead past the blocks it was given. */
  @Test
  void whatTheCoreExportsToAllHandsOutNeitherMemoryNorSystemCalls() throws IOException {
    BuiltModule core =
        modules().stream().filter(m -> m.name().equals("hak.core")).findFirst().orElseThrow();
    Set<String> toAll =
        core.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(toSet());
    List<String> found = new ArrayList<>();
    for (ClassModel model : core.classModels()) {
      String name = model.thisClass().asInternalName();
      if (toAll.contains(packageOf(name)) && model.flags().has(AccessFlag.PUBLIC)) {
        model.methods().stream()
            .filter(m -> m.flags().has(AccessFlag.PUBLIC) && m.flags().has(AccessFlag.STATIC))
            .filter(m -> HANDS_OUT.contains(m.methodTypeSymbol().returnType().descriptorString()))
            .forEach(m -> found.add(name + "." + m.methodName()));
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void theParserNeedsItselfAndTheJdkAlone() throws IOException {
    BuiltModule parser =
        modules().stream().filter(m -> m.name().equals("hak.toml")).findFirst().orElseThrow();
    Set<String> others = new TreeSet<>();
    for (ClassModel model : parser.classModels()) {
      for (String name : referencedClasses(model)) {
        boolean isClass = name.contains("/") && !name.startsWith("[");
        if (isClass && !name.startsWith("hak/toml/") && !name.startsWith("java/")) {
          others.add(model.thisClass().asInternalName() + " -> " + name);
        }
      }
    }
    assertEquals(Set.of(), others);
  }

  private static Set<String> referencedClasses(ClassModel model) {
    Set<String> names = new HashSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> names.add(type.asInternalName());
        case Utf8Entry text ->
            CLASS_IN_DESCRIPTOR
                .matcher(text.stringValue())
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        default -> {}
      }
    }
    return names;
  }

  private static String packageOf(String internalName) {
    int end = internalName.lastIndexOf('/');
    return end < 0 ? "" : internalName.substring(0, end).replace('/', '.');
  }
}
