package hak.box.smallmid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.testkit.ThreadCacheContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallMidTest extends ThreadCacheContract {
  @Override
  protected String box() {
    return "small-mid";
  }

  @Override
  protected long sizeHeld() {
    return 256;
  }

  @ParameterizedTest
  @CsvSource({"128, 0", "224, 0", "256, 32", "512, 24", "1024, 16", "1025, 0", "8192, 0"})
  void keepsFewerBlocksTheLargerTheyAreAndNoneOfOtherSizes(long size, int most) {
    long[] blocks = new long[40];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = allocator().malloc(size);
    }
    for (long block : blocks) {
      allocator().free(block);
    }
    assertEquals(most, heldFor(size));
  }
}
