package hak.core.specialise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.open.StackBuilder;
import hak.core.os.LinuxVirtualMemory;
import hak.core.profile.Profile;
import hak.core.profile.check.BoxRegistry;
import hak.core.profile.check.Composition;
import hak.core.spi.BoxProvider;
import hak.core.spi.Section;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A box that a profile does not name changes nothing of its stack. */
class UnusedBoxesTest {
  static Stream<String> profiles() {
    return Hak.profiles().stream();
  }

  private static byte[] classBytes(Profile profile, BoxRegistry registry) {
    Composition composition = Composition.of(registry, profile);
    assertEquals(List.of(), composition.problems());
    try (HakAllocator stack = StackBuilder.build(composition, profile, new LinuxVirtualMemory())) {
      return StackSpecialiser.classBytesOf(Specialised.partsOf(stack));
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theClassOfAStackIsTheSameWhateverOtherBoxesThereAre(String name) {
    Profile profile = Hak.profile(name);
    Set<String> named =
        Stream.concat(
                profile.boxes().values().stream().flatMap(List::stream),
                profile.settings().keySet().stream())
            .map(Profile::providerId)
            .collect(Collectors.toSet());
    List<BoxProvider> needed =
        Hak.boxes().stream().filter(provider -> named.contains(provider.id())).toList();
    assertTrue(needed.size() < Hak.boxes().size(), "no box is left out");
    assertArrayEquals(
        classBytes(profile, BoxRegistry.of(needed)), classBytes(profile, BoxRegistry.load()));
  }

  /** What sets a stack while it runs is outside of its calls. */
  @ParameterizedTest
  @MethodSource("profiles")
  void aLearnerLeavesTheClassOfAStackAsItIs(String name) {
    Profile profile = Hak.profile(name);
    Profile learning =
        profile.with(
            Section.LEARNERS,
            profile.has("tls-sll")
                ? List.of("purge-delay", "cache-capacity", "route")
                : List.of("purge-delay", "route"));
    BoxRegistry registry = BoxRegistry.load();
    assertArrayEquals(classBytes(profile, registry), classBytes(learning, registry));
  }
}
