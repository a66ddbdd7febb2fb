package hak.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which providers are loaded: those a profile names where names are enough, else all. */
class BoxDiscoveryTest {
  private static final String LOG = "-Xlog:class+load:stdout:none";
  private static final String USED = "hak.box.tlssll.TlsSllProvider";
  private static final String UNUSED = "hak.box.ringcache.RingCacheProvider";
  private static final String OPENS = "opens foreign to hak.core; ";
  private static final String PROVIDES = "provides hak.core.spi.BoxProvider with foreign.";

  @TempDir Path folder;

  /** A program that opens a profile; its module has a provider of this name and id. */
  private ForeignModule withProvider(String descriptor, String name, String id, String profile)
      throws IOException {
    ForeignModule module = new ForeignModule(folder, descriptor + PROVIDES + name + ";");
    module.add(
        name,
        """
        public class %s implements ThreadCacheProvider {
          public String id() { return "%s"; }
          public String summary() { return "of somebody else"; }
          public ThreadCache create(BoxContext context) { return new Cache(); }
        }
        """
            .formatted(name, id));
    module.add("Cache", ForeignModuleTest.CACHE);
    addMain(module, profile);
    return module;
  }

  private static void addMain(ForeignModule module, String profile) throws IOException {
    module.add(
        "Main",
        """
        public class Main {
          public static void main(String[] args) {
            try (HakAllocator stack = Hak.open(%s)) {
              stack.free(stack.malloc(100));
            }
            System.out.println("opened");
          }
        }
        """
            .formatted(profile));
    assertEquals("", module.compile());
  }

  private static Outcome run(ForeignModule module) throws Exception {
    return module.run("hak.core", "Main", LOG);
  }

  private static void assertOpened(Outcome outcome) {
    assertEquals("", outcome.err());
    assertTrue(outcome.out().lines().anyMatch("opened"::equals));
    assertTrue(outcome.out().contains(USED));
  }

  private static String withCache(String id) {
    return "Hak.profile(\"default\").with(Section.CACHES, List.of(\"" + id + "\", \"tls-sll\"))";
  }

  @Test
  void whatNobodyNamedIsNotLoaded() throws Exception {
    ForeignModule module = new ForeignModule(folder, "");
    addMain(module, "\"default\"");
    Outcome outcome = run(module);
    assertOpened(outcome);
    assertFalse(outcome.out().contains(UNUSED));
  }

  @Test
  void aBoxOfSomebodyElseIsKnownByItsNameWhereItSaysSo() throws Exception {
    ForeignModule module =
        withProvider(OPENS, "MyCacheProvider", "my-cache", withCache("my-cache"));
    Outcome outcome = run(module);
    assertOpened(outcome);
    assertTrue(outcome.out().contains("foreign.MyCacheProvider"));
    assertFalse(outcome.out().contains(UNUSED));
  }

  @Test
  void whereAModuleDoesNotSaySoAllAreLoaded() throws Exception {
    ForeignModule module = withProvider("", "Named", "my-cache", withCache("my-cache"));
    Outcome outcome = run(module);
    assertOpened(outcome);
    assertTrue(outcome.out().contains(UNUSED));
  }

  @Test
  void whoSaysSoAndIsCalledOtherwiseIsRefusedWhenAskedFor() throws Exception {
    ForeignModule module = withProvider(OPENS, "ShortProvider", "my-cache", withCache("my-cache"));
    Outcome outcome = run(module);
    assertEquals(1, outcome.exitCode());
    assertTrue(
        outcome.err().contains("foreign/foreign.ShortProvider has the id 'my-cache'"),
        outcome.err());
  }

  @Test
  void twoWithOneIdAreRefusedHoweverTheyAreCalled() throws Exception {
    for (String name : new String[] {"TlsSllProvider", "Other"}) {
      String opens = name.equals("Other") ? "" : OPENS;
      ForeignModule module = withProvider(opens, name, "tls-sll", "\"default\"");
      Outcome outcome = run(module);
      assertEquals(1, outcome.exitCode());
      assertTrue(outcome.err().contains("two boxes have the id 'tls-sll'"), outcome.err());
    }
  }

  @Test
  void aBoxThatCannotBeMadeIsNamed() throws Exception {
    ForeignModule module =
        withProvider(OPENS, "MyCacheProvider", "my-cache", withCache("my-cache"));
    module.add(
        "MyCacheProvider",
        """
        public class MyCacheProvider implements ThreadCacheProvider {
          public MyCacheProvider() { throw new IllegalArgumentException("not today"); }
          public String id() { return "my-cache"; }
          public String summary() { return "of somebody else"; }
          public ThreadCache create(BoxContext context) { return new Cache(); }
        }
        """);
    assertEquals("", module.compile());
    Outcome outcome = run(module);
    assertEquals(1, outcome.exitCode());
    assertTrue(
        outcome.err().contains("foreign/foreign.MyCacheProvider cannot be made"), outcome.err());
    assertTrue(outcome.err().contains("not today"), outcome.err());
  }
}
