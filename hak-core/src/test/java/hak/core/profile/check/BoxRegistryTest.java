package hak.core.profile.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.profile.NearestName;
import hak.core.profile.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoxRegistryTest {
  /** As on a module path where nobody names the modules of boxes. */
  @Test
  void whereThereIsNoBoxAtAllTheErrorSaysWhyThatMayBe() {
    Composition composition =
        Composition.of(BoxRegistry.of(List.of()), Profile.ofTiers("bare", List.of("tiny")));
    String message = composition.problems().getFirst().message();
    assertTrue(message.startsWith("no box 'tiny'; no box was found at all: "), message);
    assertTrue(message.contains("--add-modules"), message);
  }

  @Test
  void aListOfNothingIsNotPrinted() {
    assertEquals("; there are none", NearestName.hint("x", List.of()));
    assertEquals("; there are: a, b", NearestName.hint("guard", List.of("a", "b")));
  }
}
