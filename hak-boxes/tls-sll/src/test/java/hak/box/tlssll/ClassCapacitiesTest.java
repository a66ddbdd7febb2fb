package hak.box.tlssll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassCapacitiesTest {
  private static final int BLOCKS = 200;

  private static Profile profile(String... capacities) {
    return Profile.ofTiers("capacities", List.of("tiny", "mid", "large", "big"))
        .with(Section.CACHES, List.of("tls-sll"))
        .withSetting("tls-sll", "capacity", 10L)
        .withSetting("tls-sll", "capacities", List.of(capacities));
  }

  /** How many of many freed blocks of a size the cache of this thread takes. */
  private static int taken(HakAllocator stack, long size) {
    StackView view = StackView.of(stack);
    int sizeClass = view.sizeClasses().of(size);
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = stack.malloc(size);
    }
    int adopted = view.caches().getFirst().blockCount(view.heaps()[0], sizeClass);
    for (long block : blocks) {
      stack.free(block);
    }
    HeapWalker.check(stack);
    return view.caches().getFirst().blockCount(view.heaps()[0], sizeClass) - adopted;
  }

  @Test
  void aClassHasItsOwnCapacityAndTheOthersThatOfAll() {
    Profile profile = profile("64 B = 3 blocks", "90 B = 100", "512 = 0 blocks");
    try (HakAllocator stack = Hak.open(profile)) {
      assertEquals(3, taken(stack, 64));
      assertEquals(3, taken(stack, 50), "the same class, by another size");
      assertEquals(100, taken(stack, 96), "the class of 90 B");
      assertEquals(0, taken(stack, 512));
      assertEquals(10, taken(stack, 32));
    }
  }

  @Test
  void theLastOneForAClassCountsAndBytesBoundItToo() {
    Profile profile =
        profile("64 B = 3 blocks", "60 B = 7 blocks", "1 KiB = 100 blocks", "1 GiB = 1 blocks")
            .withSetting("tls-sll", "bytes", 2L << 10);
    assertEquals(1, Hak.check(profile).size(), "no block of 1 GiB has a class");
    Profile fits =
        profile("64 B = 3 blocks", "60 B = 7 blocks", "1 KiB = 100 blocks", "256 KiB = 1 blocks")
            .withSetting("tls-sll", "bytes", 2L << 10);
    try (HakAllocator stack = Hak.open(fits)) {
      assertEquals(7, taken(stack, 64));
      assertEquals(2, taken(stack, 1 << 10));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64 B, a size and a capacity are",
    "64 B = 1 = 2, a size and a capacity are",
    "big = 1 blocks, an amount from 1 B to 256 KiB",
    "0 B = 1 blocks, an amount from 1 B to 256 KiB",
    "64 B = -1 blocks, a number of blocks from 0 to 32768",
    "64 B = 40000 blocks, a number of blocks from 0 to 32768"
  })
  void whatIsNoCapacityIsRefused(String element, String allowed) {
    List<Problem> problems = Hak.check(profile(element));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.getFirst().message().contains(allowed), problems.toString());
  }
}
