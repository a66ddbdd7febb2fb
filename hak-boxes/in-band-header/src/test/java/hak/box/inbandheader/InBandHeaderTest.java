package hak.box.inbandheader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.testkit.SizeTierContract;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InBandHeaderTest extends SizeTierContract {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  @Override
  protected String box() {
    return "in-band-header";
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of(
        "InBandHeader.allocateSlow",
        "InBandHeader.refuse",
        "SlabTier.releaseSlow",
        "RemoteFrees.free");
  }

  private static HakAllocator open(String store) {
    return Hak.open(
        Profile.ofTiers("headers", List.of("in-band-header"))
            .withSetting("in-band-header", "store", store));
  }

  private static int headerOf(long address) {
    return ALL.get(ValueLayout.JAVA_BYTE, address - 1) & 0xFF;
  }

  @Test
  void eachBlockHasItsClassInFrontOfIt() {
    for (String store : List.of("always", "carved")) {
      try (HakAllocator allocator = open(store)) {
        for (int round = 0; round < 2; round++) {
          long first = allocator.malloc(16);
          long second = allocator.malloc(17);
          assertEquals(0xA1, headerOf(first));
          assertEquals(0xA2, headerOf(second));
          allocator.free(first);
          allocator.free(second);
        }
      }
    }
  }

  @Test
  void blocksStayAligned() {
    try (HakAllocator allocator = open("always")) {
      for (int size = 1; size <= 1024; size += 7) {
        assertEquals(0, allocator.malloc(size) % HakAllocator.MIN_ALIGNMENT, "size " + size);
      }
    }
  }

  @Test
  void whatWasWrittenInFrontOfABlockIsFoundWhenItIsFreed() {
    try (HakAllocator allocator = open("always")) {
      long address = allocator.malloc(100);
      byte header = ALL.get(ValueLayout.JAVA_BYTE, address - 1);
      ALL.set(ValueLayout.JAVA_BYTE, address - 1, (byte) 0);
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> allocator.free(address));
      assertTrue(e.getMessage().contains("something wrote in front of it"), e.getMessage());
      ALL.set(ValueLayout.JAVA_BYTE, address - 1, header);
      allocator.free(address);
    }
  }

  @Test
  void aSegmentOfItIsNoSlice() {
    try (HakAllocator allocator = open("always")) {
      MemorySegment segment = allocator.allocate(100, 1);
      assertThrows(IllegalArgumentException.class, () -> allocator.free(segment.asSlice(16)));
      allocator.free(segment);
    }
  }
}
