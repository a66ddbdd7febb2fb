package hak.box.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.testkit.SizeTierContract;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BitmapTest extends SizeTierContract {
  @Override
  protected String box() {
    return "bitmap";
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of("BitmapTier.allocateSlow", "BitmapTier.releaseSlow", "RemoteFrees.free");
  }

  @Test
  void freeBlocksAreNotWrittenTo() {
    try (HakAllocator stack = Hak.open(Profile.ofTiers("untouched", List.of("bitmap")))) {
      for (int size = 16; size <= 1024; size *= 2) {
        MemorySegment[] blocks = new MemorySegment[10_000];
        for (int i = 0; i < blocks.length; i++) {
          blocks[i] = stack.allocate(size, 8);
          blocks[i].fill((byte) -1);
        }
        for (int i = 0; i < blocks.length; i += 2) {
          stack.free(blocks[i]);
        }
        // A segment that was freed can still be read until its stack is closed.
        for (int i = 0; i < blocks.length; i += 2) {
          assertEquals(-1, blocks[i].get(ValueLayout.JAVA_LONG, 0), size + " B");
        }
        for (int i = 1; i < blocks.length; i += 2) {
          stack.free(blocks[i]);
        }
      }
    }
  }

  @Test
  void lowestFreeBlockOfAWordIsHandedOutFirst() {
    try (HakAllocator stack = Hak.open(Profile.ofTiers("lowest", List.of("bitmap")))) {
      long first = stack.malloc(48);
      for (int i = 1; i < 64; i++) {
        assertEquals(first + i * 48L, stack.malloc(48));
      }
    }
  }
}
