package hak.box.midultra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.testkit.HeapWalker;
import hak.testkit.SizeTierContract;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MidUltraTest extends SizeTierContract {
  @Override
  protected String box() {
    return "mid-ultra";
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of("MidUltra.carveOrSlow", "RemoteFrees.free");
  }

  @Test
  void pagesStayWithTheirThreadUntilTheyAreAskedFor() {
    try (HakAllocator stack = Hak.open(Profile.ofTiers("stays", List.of("mid-ultra")))) {
      long[] blocks = LongStream.generate(() -> stack.malloc(1024)).limit(640).toArray();
      assertEquals(10, HeapWalker.check(stack).slabs());
      LongStream.of(blocks).forEach(stack::free);
      assertEquals(10, HeapWalker.check(stack).slabs());
      stack.trim();
      assertEquals(0, HeapWalker.check(stack).slabs());
    }
  }

  @Test
  void aPageThatIsBeingCarvedIsCarvedOnAfterATrim() {
    try (HakAllocator stack = Hak.open(Profile.ofTiers("carved-on", List.of("mid-ultra")))) {
      long first = stack.malloc(1024);
      stack.trim();
      for (int i = 1; i < 64; i++) {
        assertEquals(first + i * 1024L, stack.malloc(1024));
      }
      assertEquals(1, HeapWalker.check(stack).slabs());
    }
  }
}
