package hak.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The grant of native access is for hak.core: a module that has none uses the allocator and reaches
 * nothing beyond its blocks, not even with a box of its own.
 */
class ForeignModuleTest {
  /** A large tier whose blocks all are at one address, wherever that is. */
  private static final String TIER =
      """
      record Tier(long address) implements LargeTier {
        public long largestBytes() { return 1L << 30; }
        public long allocate(long size, long alignment) { return address; }
        public boolean release(long address) { return true; }
        public long usableSize(long address) { return 1L << 30; }
        public long liveBlocks() { return 0; }
        public long liveBytes() { return 0; }
      }
      """;

  static final String CACHE =
      """
      record Cache() implements ThreadCache {
        public int pop(int heap, int sizeClass) { return 0; }
        public boolean push(int heap, int sizeClass, int block) { return false; }
        public void forEach(int heap, int sizeClass, java.util.function.IntConsumer visitor) {}
        public int blockCount(int heap, int sizeClass) { return 0; }
      }
      """;

  private static final String PROVIDES = "provides hak.core.spi.BoxProvider with foreign.Provider;";

  @TempDir Path folder;

  private ForeignModule mainThat(String does) throws IOException {
    ForeignModule module = new ForeignModule(folder, "");
    addMain(module, "\"default\"", does);
    return module;
  }

  private static void addMain(ForeignModule module, String profile, String does)
      throws IOException {
    module.add(
        "Main",
        """
        public class Main {
          public static void main(String[] args) throws Throwable {
            try (HakAllocator stack = Hak.open(%s)) {
              use(stack);
            }
            System.out.println("done");
          }

          static void use(HakAllocator stack) throws Throwable {
            %s
          }
        }
        """
            .formatted(profile, does));
  }

  @Test
  void itUsesBothInterfacesOfTheAllocator() throws Exception {
    ForeignModule module =
        mainThat(
            """
            stack.free(stack.realloc(stack.malloc(100), 5 << 20));
            MemorySegment segment = stack.allocate(3 << 20, 8);
            segment.fill((byte) 1);
            stack.free(segment);
            try (Arena arena = stack.arena()) {
              arena.allocate(100).set(ValueLayout.JAVA_LONG, 8, 1);
            }
            """);
    assertEquals("", module.compile());
    Outcome result = module.run("hak.core", "Main");
    assertEquals("", result.err());
    assertEquals("done\n", result.out());
  }

  /** The first are closed to others; what follows was public once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hak.core.inside.RawAccess.everything().get(ValueLayout.JAVA_BYTE, 1);",
        "new hak.core.os.LinuxVirtualMemory().unmap(1 << 20, 1 << 20);",
        "new hak.core.os.LinuxFutex();",
        "hak.core.inside.StackView.of(stack);",
        "hak.core.inside.OtherSystem.with(null, () -> Hak.open(\"default\"));",
        "hak.core.memory.RawAccess.everything().get(ValueLayout.JAVA_BYTE, 1);",
        "Hak.systemMemory();",
        "Hak.open(Hak.profile(\"default\"), (VirtualMemory) null);",
        "stack.view();"
      })
  void whatReachesPastABlockDoesNotCompile(String attempt) throws Exception {
    String messages = mainThat(attempt).compile();
    assertTrue(messages.contains(": error: "), () -> "compiled: " + attempt);
    assertTrue(messages.contains("1 error"), messages);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hak.core.inside.RawAccess.everything().get(ValueLayout.JAVA_BYTE, 1);",
        "new hak.core.os.LinuxVirtualMemory().unmap(1 << 20, 1 << 20);",
        "hak.core.inside.StackView.of(stack);"
      })
  void compiledAllTheSameItIsRefused(String attempt) throws Exception {
    ForeignModule module = mainThat(attempt);
    assertEquals(
        "",
        module.compile(
            "--add-exports=hak.core/hak.core.inside=foreign",
            "--add-exports=hak.core/hak.core.os=foreign"));
    Outcome result = module.run("hak.core", "Main");
    assertEquals(1, result.exitCode(), result.err());
    assertTrue(result.err().contains("java.lang.IllegalAccessError"), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stack.getClass().getMethod(\"view\").invoke(stack);",
        "stack.getClass().getInterfaces()[0].getMethod(\"view\").invoke(stack);",
        "var view = stack.getClass().getMethod(\"view\"); view.setAccessible(true);"
            + " view.invoke(stack);"
      })
  void reflectionDoesNotHelp(String attempt) throws Exception {
    ForeignModule module = mainThat(attempt);
    assertEquals("", module.compile());
    Outcome result = module.run("hak.core", "Main");
    assertEquals(1, result.exitCode(), result.err());
    assertTrue(
        result.err().contains("java.lang.IllegalAccessException")
            || result.err().contains("java.lang.reflect.InaccessibleObjectException"),
        result.err());
  }

  private ForeignModule withBox(String type, String make, String profile) throws IOException {
    ForeignModule module = new ForeignModule(folder, PROVIDES);
    module.add("Tier", TIER);
    module.add("Cache", CACHE);
    module.add(
        "Provider",
        """
        public class Provider implements %1$sProvider {
          public String id() { return "foreign"; }
          public String summary() { return "of somebody else"; }
          public long largestBytes(Settings settings) { return 1L << 30; }
          public %1$s create(BoxContext context) { return %2$s; }
        }
        """
            .formatted(type, make));
    addMain(module, profile, "stack.free(stack.malloc(100));");
    assertEquals("", module.compile());
    return module;
  }

  private static void assertRefused(Outcome result) {
    assertNotEquals(0, result.exitCode());
    assertTrue(result.err().contains("--enable-native-access=foreign"), result.err());
  }

  @Test
  void aLargeTierOfItsOwnNeedsTheGrant() throws Exception {
    ForeignModule module =
        withBox(
            "LargeTier",
            "new Tier(1 << 20)",
            "Profile.ofTiers(\"own\", List.of(\"tiny\", \"foreign\"))");
    assertRefused(module.run("hak.core", "Main"));
    assertEquals("done\n", module.run("hak.core,foreign", "Main").out());
  }

  @Test
  void aBoxOfItsOwnThatMakesSystemCallsNeedsTheGrant() throws Exception {
    ForeignModule module =
        withBox(
            "ThreadCache",
            "context.virtualMemory().callCount() < 0 ? null : new Cache()",
            "Hak.profile(\"bare\").with(Section.CACHES, List.of(\"foreign\"))");
    assertRefused(module.run("hak.core", "Main"));
    assertEquals("done\n", module.run("hak.core,foreign", "Main").out());
  }

  @Test
  void anotherBoxOfItsOwnNeedsNone() throws Exception {
    ForeignModule module =
        withBox(
            "ThreadCache",
            "new Cache()",
            "Hak.profile(\"bare\").with(Section.CACHES, List.of(\"foreign\"))");
    assertEquals("done\n", module.run("hak.core", "Main").out());
  }
}
