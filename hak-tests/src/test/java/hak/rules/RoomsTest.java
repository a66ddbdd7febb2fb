package hak.rules;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of a module stand in an order. */
class RoomsTest {
  private static final String DOOR = "hak.core.Hak";

  /** The parser is the work of others, and its packages are as they made them. */
  static List<BuiltModule> modulesButTheParser() throws IOException {
    return BuiltModule.all().stream().filter(module -> !module.name().equals("hak.toml")).toList();
  }

  @ParameterizedTest
  @MethodSource("modulesButTheParser")
  void roomsHaveNoCycle(BuiltModule module) {
    EvaluationResult result = cyclesOf(module, RoomsTest::roomOf);
    assertEquals(List.of(), result.getFailureReport().getDetails());
  }

  /** The rule finds a cycle where there is one: in the core, if it took {@code Hak} as the API. */
  @Test
  void aCycleIsFound() throws IOException {
    BuiltModule core =
        modulesButTheParser().stream()
            .filter(module -> module.name().equals("hak.core"))
            .findFirst()
            .orElseThrow();
    assertTrue(cyclesOf(core, JavaClass::getPackageName).hasViolation());
  }

  private static EvaluationResult cyclesOf(BuiltModule module, Function<JavaClass, String> room) {
    JavaClasses classes = new ClassFileImporter().importPath(module.classes());
    return slices()
        .assignedFrom(rooms(module, room))
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .evaluate(classes);
  }

  /**
   * The package of a class. {@code Hak} is a room of its own, above all others of the core: it
   * opens stacks and so knows their parts, which know the other classes of its package, the API.
   */
  private static String roomOf(JavaClass type) {
    return type.getName().equals(DOOR) ? DOOR : type.getPackageName();
  }

  private static SliceAssignment rooms(BuiltModule module, Function<JavaClass, String> room) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(room.apply(type));
      }

      @Override
      public String getDescription() {
        return "rooms of " + module.name();
      }
    };
  }
}
