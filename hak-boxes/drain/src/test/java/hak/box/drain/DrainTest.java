package hak.box.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.ThreadCacheContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrainTest extends ThreadCacheContract {
  private static final int EVERY = 200;
  private static final Profile PROFILE =
      Profile.ofTiers("drained", List.of("tiny", "mid", "large", "big"))
          .with(Section.CACHES, List.of("drain", "tls-sll"))
          .withSetting("drain", "every", (long) EVERY);

  @Override
  protected String box() {
    return "drain";
  }

  @Override
  protected boolean holdsBlocks() {
    return false;
  }

  @Override
  protected List<String> cachesBehind() {
    return List.of("tls-sll");
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of("Drain.turn");
  }

  private static int cached(HakAllocator stack, long size) {
    StackView view = StackView.of(stack);
    return view.caches().getLast().blockCount(view.heaps()[0], view.sizeClasses().of(size));
  }

  /** Frees {@code count} blocks that no cache had, one after the other; how often it drained. */
  private static int drainsAmong(HakAllocator stack, int count, long size) {
    long[] blocks = new long[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = stack.malloc(size);
    }
    int drains = 0;
    for (long block : blocks) {
      int before = cached(stack, size);
      stack.free(block);
      drains += cached(stack, size) < before ? 1 : 0;
    }
    return drains;
  }

  @Test
  void halfOfWhatTheCachesHoldGoesWhenTheCountIsFull() {
    try (HakAllocator stack = Hak.open(PROFILE)) {
      long[] blocks = new long[EVERY];
      for (int i = 0; i < EVERY; i++) {
        blocks[i] = stack.malloc(64);
      }
      int held = cached(stack, 64) + EVERY - 1; // the list that the last miss brought, and these
      for (int i = 0; i < EVERY - 1; i++) {
        stack.free(blocks[i]);
      }
      assertEquals(held, cached(stack, 64));
      stack.free(blocks[EVERY - 1]);
      assertEquals(held - held / 2 + 1, cached(stack, 64));
    }
  }

  @Test
  void classesAreCountedEachByItself() {
    try (HakAllocator stack = Hak.open(PROFILE)) {
      assertEquals(0, drainsAmong(stack, EVERY - 1, 64));
      assertEquals(0, drainsAmong(stack, EVERY - 1, 128));
      assertEquals(1, drainsAmong(stack, 1, 64));
      assertEquals(1, drainsAmong(stack, 1, 128));
    }
  }

  @Test
  void aHotClassComesMoreOftenIfAsked() {
    int steady;
    try (HakAllocator stack = Hak.open(PROFILE)) {
      steady = drainsAmong(stack, 20 * EVERY, 64);
    }
    assertEquals(20, steady);
    try (HakAllocator stack = Hak.open(PROFILE.withSetting("drain", "adaptive", true))) {
      int adaptive = drainsAmong(stack, 20 * EVERY, 64);
      assertTrue(adaptive > 4 * steady && adaptive <= 8 * steady, adaptive + " times");
    }
  }

  @Test
  void classesThatShareTheTurnsAreNotHot() {
    try (HakAllocator stack = Hak.open(PROFILE.withSetting("drain", "adaptive", true))) {
      int drains = 0;
      for (int round = 0; round < 20; round++) {
        for (long size : new long[] {64, 128, 256, 512}) {
          drains += drainsAmong(stack, EVERY, size);
        }
      }
      assertTrue(drains < 4 * 20 * 1.5, drains + " times");
    }
  }

  @Test
  void isRefusedBehindACacheAndWithoutOne() {
    List<Problem> behind = Hak.check(PROFILE.with(Section.CACHES, List.of("tls-sll", "drain")));
    assertEquals(1, behind.size(), behind::toString);
    List<Problem> alone = Hak.check(PROFILE.with(Section.CACHES, List.of("drain")));
    assertEquals(1, alone.size(), alone::toString);
  }
}
