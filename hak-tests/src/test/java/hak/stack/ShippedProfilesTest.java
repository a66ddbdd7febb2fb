package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.memory.PageRuns;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.CheckedUser;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The profiles that are shipped: each opens, and is what its description says. */
class ShippedProfilesTest {
  static List<String> names() {
    return Hak.profiles();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyOneCanBeOpenedAndSaysItsName(String name) {
    assertEquals(name, Hak.profile(name).name());
    try (HakAllocator allocator = Hak.open(name)) {
      CheckedUser user = new CheckedUser(allocator, 1);
      user.play(new SplittableRandom(1), 5_000, CheckedUser.Sizes.upTo(100_000));
      HeapWalker.check(allocator, user.addresses());
      user.freeAll();
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void balancedIsTheDefault() {
    assertEquals(Hak.profile("default").withName("balanced"), Hak.profile("balanced"));
  }

  @Test
  void onlySomeAreUnguarded() {
    assertEquals(
        List.of("bench"),
        names().stream()
            .filter(name -> Hak.profile(name).boxes(Section.GUARDS).isEmpty())
            .toList());
  }

  @Test
  void onlyOneIsObserved() {
    assertEquals(
        List.of("observe"),
        names().stream()
            .filter(name -> !Hak.profile(name).boxes(Section.OBSERVERS).isEmpty())
            .toList());
  }

  /** What a program that has ended leaves resident, as its profile wants it. */
  @Test
  void leanGivesBackWhatSpeedKeeps() {
    assertTrue(keptBySuperslabs("lean") <= 4 << 20);
    assertTrue(keptBySuperslabs("speed") >= 200 << 20);
  }

  @Test
  void leanStandsWithNoSourceThatPreparesSuperslabs() {
    Profile both = Hak.profile("lean").withMore(Section.SUPERSLABS, "ss-prewarm");
    assertEquals(
        List.of("stack.superslabs: 'lean' cannot be in one stack with 'ss-prewarm'"),
        Hak.check(both).stream().map(Problem::toString).toList());
  }

  private static long keptBySuperslabs(String name) {
    try (HakAllocator allocator = Hak.open(name)) {
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < 110; i++) {
        long block = allocator.malloc(PageRuns.SUPERSLAB_BYTES);
        MemorySegment.ofAddress(block).reinterpret(1).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        blocks.add(block);
      }
      blocks.forEach(allocator::free);
      return allocator.stats().freeBytes();
    }
  }

  @Test
  void bareIsTheDefaultWithoutCaches() {
    Profile base = Hak.profile("default");
    Profile bare = Hak.profile("bare");
    assertEquals(
        base.withName("bare").with(Section.CACHES, List.of()).with(Section.OBSERVERS, List.of()),
        bare);
    assertEquals(List.of("external-guard"), bare.boxes(Section.GUARDS));
  }

  @Test
  void pow2DiffersFromTheDefaultInTheClassesOfTiny() {
    assertEquals(
        Hak.profile("default").withName("pow2").withSetting("tiny", "classes", "pow2"),
        Hak.profile("pow2"));
    assertEquals("pow2", Hak.profile("pow2").settings("tiny").get("classes"));
  }
}
