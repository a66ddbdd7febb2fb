package hak.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.Test;

/** Profiles as text. */
class ProfileTextTest {
  private Path file;

  @BeforeProperty
  void create() throws IOException {
    file = Files.createTempFile("profile", ".toml");
  }

  @AfterProperty
  void delete() throws IOException {
    Files.delete(file);
  }

  @Property(tries = 300)
  void readingWhatWasWrittenGivesTheSame(@ForAll("profiles") Profile profile) throws IOException {
    Files.writeString(file, ProfileText.render(profile));
    assertEquals(profile, new TomlProfileReader().read(file));
  }

  @Provide
  Arbitrary<Profile> profiles() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .all()
            .ofMinLength(1)
            .filter(name -> !name.isBlank() && name.chars().noneMatch(ProfileTextTest::isUnfit));
    Arbitrary<List<String>> tiers =
        Arbitraries.of(
            List.of("tiny"),
            List.of("mid"),
            List.of("tiny", "mid", "large", "big"),
            List.of("tiny", "big"));
    return Combinators.combine(
            names,
            tiers,
            subsets("tls-sll", "tls-sll#2", "ring-cache", "noop", "noop#2", "noop#33"),
            subsets("ss-reuse"),
            subsets("external-guard", "external-guard#b \"c\""),
            subsets("front-metrics"),
            settings(),
            amounts())
        .as((name, tier, caches, superslabs, guards, observers, settings, amounts) ->
            new Profile(
                name,
                Map.of(
                    Section.TIERS, tier,
                    Section.CACHES, caches,
                    Section.SUPERSLABS, superslabs,
                    Section.GUARDS, guards,
                    Section.OBSERVERS, observers),
                settings,
                amounts));
  }

  /** What is used of the region, beyond the start, is no less than the smallest region. */
  private static Arbitrary<StackOptions> amounts() {
    long least = StackOptions.REGION.min();
    return Combinators.combine(
            Arbitraries.longs().between(least + (4 << 20), StackOptions.REGION.max() - least),
            Arbitraries.longs().between(0, least),
            Arbitraries.longs().between(0, StackOptions.HUGE_FROM.max()),
            Arbitraries.longs().between(1, 64))
        .as((used, start, hugeFrom, threads) ->
            StackOptions.DEFAULTS
                .with(StackOptions.REGION, start + used)
                .with(StackOptions.START, start)
                .with(StackOptions.HUGE_FROM, hugeFrom)
                .with(StackOptions.THREADS, threads));
  }

  /** Control characters are refused in names; halves of surrogate pairs have no UTF-8. */
  private static boolean isUnfit(int c) {
    return Character.isISOControl(c) || Character.isSurrogate((char) c);
  }

  private static Arbitrary<List<String>> subsets(String... boxes) {
    return Arbitraries.of(boxes).list().uniqueElements().ofMaxSize(boxes.length);
  }

  private static Arbitrary<Map<String, Map<String, Object>>> settings() {
    Arbitrary<Map<String, Object>> ring =
        Combinators.combine(
                Arbitraries.of(1L, 4096L, "7 blocks", " 8 "),
                Arbitraries.of(8L, "1 GiB", "\t64KiB"),
                Arbitraries.of(true, false),
                Arbitraries.of("refuse", "spill"),
                Arbitraries.of(List.of(), List.of("a"), List.of("b", "c"), "d; e", ""),
                Arbitraries.of("capacity", "bytes", "lifo", "full", "words").set())
            .as((capacity, bytes, lifo, full, words, kept) ->
                only(
                    kept,
                    Map.of(
                        "capacity", capacity,
                        "bytes", bytes,
                        "lifo", lifo,
                        "full", full,
                        "words", words)));
    Arbitrary<Map<String, Object>> tiny = Arbitraries.of(Map.of(), Map.of("classes", "pow2"));
    return Combinators.combine(ring, ring, tiny)
        .as((first, second, third) ->
            Map.of("ring-cache", first, "ring-cache#2", second, "tiny", third));
  }

  private static Map<String, Object> only(Set<String> kept, Map<String, Object> all) {
    Map<String, Object> map = new TreeMap<>(all);
    map.keySet().retainAll(kept);
    return map;
  }

  @Test
  void rendersStackThenSettingsInOrder() {
    Profile profile =
        new Profile(
            "a \"b\"\\",
            Map.of(
                Section.TIERS, List.of("tiny", "large"),
                Section.CACHES, List.of("noop", "noop#2"),
                Section.GUARDS, List.of("external-guard")),
            Map.of(
                "tiny", Map.of("classes", "pow2"),
                "ring-cache", Map.of("lifo", false, "capacity", 3L, "bytes", "1 KiB"),
                "noop#2", Map.of()),
            StackOptions.DEFAULTS
                .with(StackOptions.REGION, 1L << 30)
                .with(StackOptions.HUGE_FROM, 3000));
    assertEquals(
        """
        name = "a \\"b\\"\\\\"

        [stack]
        tiers = ["tiny", "large"]
        caches = ["noop", "noop#2"]
        superslabs = []
        placement = []
        guards = ["external-guard"]
        observers = []
        sites = []
        learners = []
        region = "1 GiB"
        start = "0 B"
        huge-from = "3000 B"
        threads = "256 threads"
        limit = "0 B"
        soft-limit = "0 B"
        budget = "auto"
        budget-superslabs = "50 %"
        purge-delay = "0 ms"

        [box."noop#2"]

        [box.ring-cache]
        bytes = "1 KiB"
        capacity = 3
        lifo = false

        [tier.tiny]
        classes = "pow2"
        """,
        ProfileText.render(profile));
  }
}
