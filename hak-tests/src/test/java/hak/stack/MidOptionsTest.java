package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.CheckedUser;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a profile can set of the tiers for middle sizes, in a whole stack. */
class MidOptionsTest {
  private static final int KIB = 1 << 10;

  private static Profile classic() {
    return Profile.ofTiers("classic", List.of("tiny", "mid", "large", "big"))
        .with(Section.CACHES, List.of("tls-sll"))
        .withSetting("mid", "classes", "classic")
        .withSetting("large", "classes", "pow2");
  }

  private static void assertUsable(HakAllocator allocator, long size, long wanted) {
    long block = allocator.malloc(size);
    assertEquals(wanted, allocator.usableSize(block), size + " B");
    assertEquals(wanted, allocator.goodSize(size), size + " B");
    allocator.free(block);
  }

  @ParameterizedTest
  @CsvSource({
    "1025, 2",
    "2048, 2",
    "2049, 4",
    "8193, 16",
    "32768, 32",
    "32769, 64",
    "65537, 128",
    "131073, 256",
    "262145, 512",
    "524289, 1024",
    "1048576, 1024",
    "1048577, 2048"
  })
  void theClassicSizesArePowersOfTwo(long size, long kib) {
    try (HakAllocator allocator = Hak.open(classic())) {
      assertUsable(allocator, size, kib * KIB);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4097, 6",
    "6144, 6",
    "6145, 8",
    "8193, 12",
    "12289, 16",
    "32769, 40",
    "40960, 40",
    "40961, 64"
  })
  void extraClassesServeWhatFits(long size, long kib) {
    Profile profile =
        classic().withSetting("mid", "extra-classes", List.of("40 KiB", "12 KiB", "6KiB", "512 B"));
    try (HakAllocator allocator = Hak.open(profile)) {
      assertUsable(allocator, size, kib * KIB);
    }
  }

  @Test
  void everyFaultOfAnExtraClassIsTold() {
    Profile profile =
        classic()
            .withSetting(
                "mid", "extra-classes", List.of("6 KiB", "1 MiB", "1000 B", "many", "0 B"));
    List<String> problems = Hak.check(profile).stream().map(Problem::toString).toList();
    assertEquals(4, problems.size(), problems::toString);
    for (int i = 1; i < 5; i++) {
      int element = i;
      assertTrue(
          problems.stream().anyMatch(text -> text.contains("mid.extra-classes[" + element + "]")),
          problems::toString);
    }
  }

  @Test
  void moreClassesThanThereCanBeAreRefused() {
    List<String> sizes = new ArrayList<>();
    for (int i = 1; i <= 120; i++) {
      sizes.add(8 * KIB + 16 * i + " B");
    }
    List<Problem> problems = Hak.check(classic().withSetting("mid", "extra-classes", sizes));
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.getFirst().message().contains("126 are possible"), problems::toString);
  }

  private static Profile rounding(String wMax) {
    return Profile.ofTiers("rounding", List.of("tiny", "mid", "large", "big"))
        .withSetting("mid", "w-max", wMax);
  }

  private static int slabs(HakAllocator allocator) {
    return HeapWalker.check(allocator).slabs();
  }

  /** 20 KiB of which one block is free serve 17 KiB; 24 KiB lie at other multiples. */
  @Test
  void aLargerBlockAtHandServesWithoutANewSlab() {
    try (HakAllocator allocator = Hak.open(rounding("160 %"))) {
      long larger = allocator.malloc(28 * KIB);
      int slabs = slabs(allocator);
      long smaller = allocator.malloc(20 * KIB + 1); // of 24 KiB, and 28 is less aligned
      assertEquals(slabs + 1, slabs(allocator));
      long served = allocator.malloc(16 * KIB + 1); // of 20 KiB, and 24 is aligned better
      assertEquals(slabs + 1, slabs(allocator));
      assertEquals(24 * KIB, allocator.usableSize(served));
      HeapWalker.check(allocator, larger, smaller, served);
      allocator.free(served);
      allocator.free(smaller);
      allocator.free(larger);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void byDefaultItDoesNot() {
    try (HakAllocator allocator = Hak.open(rounding("100 %"))) {
      allocator.malloc(24 * KIB);
      long block = allocator.malloc(16 * KIB + 1);
      assertEquals(20 * KIB, allocator.usableSize(block));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noAlignmentIsLostToALargerBlock(boolean cached) {
    Profile profile =
        rounding("200 %")
            .withSetting("mid", "largest", "256 KiB")
            .with(Section.CACHES, cached ? List.of("tls-sll") : List.of());
    try (HakAllocator allocator = Hak.open(profile)) {
      SplittableRandom random = new SplittableRandom(3);
      List<Long> live = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        long alignment = 16L << random.nextInt(13);
        long block = allocator.malloc(random.nextLong(256 * KIB), alignment);
        assertNotEquals(0, block);
        assertEquals(0, block % alignment, "alignment " + alignment);
        live.add(block);
        if (i % 3 != 0) {
          allocator.free(live.remove(random.nextInt(live.size())));
        }
      }
      HeapWalker.check(allocator, live.stream().mapToLong(Long::longValue).toArray());
      live.forEach(allocator::free);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 %", "140 %", "200 %"})
  void contentsAreKept(String wMax) throws InterruptedException {
    Profile profile =
        rounding(wMax)
            .with(Section.CACHES, List.of("tls-sll"))
            .withSetting("mid", "largest", "256 KiB");
    try (HakAllocator allocator = Hak.open(profile)) {
      List<InThread.Work> works = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        CheckedUser user = new CheckedUser(allocator, i);
        SplittableRandom random = new SplittableRandom(i);
        works.add(() -> {
          user.play(random, 5_000, CheckedUser.Sizes.upTo(300 * KIB));
          user.freeAll();
        });
      }
      InThread.all(Thread.ofPlatform(), works);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  /** A table look-up as before: the class of every size is in the one table. */
  @Test
  void everySizeHasItsClassInTheTable() {
    Profile profile = classic().withSetting("mid", "extra-classes", List.of("6 KiB", "40 KiB"));
    try (HakAllocator allocator = Hak.open(profile)) {
      var classes = StackView.of(allocator).sizeClasses();
      assertEquals(40 * KIB, classes.largestBytes());
      for (int size = 0; size <= classes.largestBytes(); size++) {
        int sizeClass = classes.of(size);
        assertTrue(classes.bytes(sizeClass) >= size);
        assertTrue(sizeClass == 1 || classes.bytes(sizeClass - 1) < size);
      }
    }
  }
}
