package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A size tier that refills hands the caches as many blocks as its option says. */
class TierRefillTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 8, 16})
  void aMissOfTheCachesBringsThemBlocks(long refill) {
    Profile profile =
        Profile.ofTiers("refill", List.of("small-mid-slabs"))
            .with(Section.CACHES, List.of("tls-sll"))
            .withSetting("small-mid-slabs", "refill", refill);
    try (HakAllocator stack = Hak.open(profile)) {
      long other = stack.malloc(16); // a thread's first call only makes its heap
      long block = stack.malloc(1024);
      assertEquals(refill - 1, HeapWalker.check(stack, other, block).cachedBlocks());
      stack.free(block);
      stack.free(other);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  void whatTheCachesRefuseGoesBack(long capacity) {
    Profile profile =
        Profile.ofTiers("refused", List.of("small-mid-slabs"))
            .with(Section.CACHES, List.of("tls-sll"))
            .withSetting("tls-sll", "capacity", capacity);
    try (HakAllocator stack = Hak.open(profile)) {
      long other = stack.malloc(16);
      long block = stack.malloc(1024);
      assertEquals(capacity, HeapWalker.check(stack, other, block).cachedBlocks());
      stack.free(block);
      stack.free(other);
    }
  }
}
