package hak.box.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.HandedLists;
import hak.core.memory.SizeClasses;
import hak.testkit.SimulatedWindow;
import hak.testkit.SimulatedWindow.Advice;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is advised of slabs that a test makes up. A second is a window. */
class RouteLearnerTest {
  private static final SizeClasses CLASSES = SizeClasses.of(SizeClasses.fine(256 << 10).toArray());

  private static final List<String> TIERS = List.of("tiny", "mid", "large", "big");
  private static final int CAPACITY = 128;
  private static final int SLABS = 8;
  private static final int OF_512 = CLASSES.of(512);
  private static final int OF_320 = CLASSES.of(320);
  private static final int CALLS = 10_000;

  /** Slabs of each class, and what is handed over of them. */
  private static final class World {
    final HandedLists lists = new HandedLists(CLASSES.last());
    final int[] used = new int[CLASSES.last() + 1];
    final int[] before = new int[CLASSES.last() + 1];
    final SimulatedWindow window = new SimulatedWindow(Map.of());
    final RouteLearner learner;

    World(int largestOfTiny, Map<String, Object> said) {
      TierClasses tiers =
          TierClasses.of(
              CLASSES,
              each -> CLASSES.bytes(each) <= largestOfTiny ? "tiny" : "mid",
              List.of("tiny", "mid", "mid-ultra"),
              said);
      learner = new RouteLearner(tiers, new ClassFlows(lists, this::look), 1_000);
    }

    World() {
      this(8 << 10, Map.of("stack.tiers", TIERS, "tier.tiny.largest", "8 KiB"));
    }

    private int look(SlabLooks.Visitor visitor) {
      for (int each = 1; each < used.length; each++) {
        for (int slab = 0; slab < SLABS; slab++) {
          visitor.slab(each, CAPACITY, before[each], used[each]);
        }
        before[each] = used[each];
      }
      return 1;
    }

    /** Blocks are used again. */
    void steady(int sizeClass) {
      used[sizeClass] = CAPACITY * 9 / 10;
      lists.take(0, sizeClass, CALLS, true);
    }

    /** Blocks are carved, and stay. */
    void grow(int sizeClass) {
      used[sizeClass] = CAPACITY;
      lists.take(0, sizeClass, CALLS, false);
    }

    void endWindow() {
      learner.window(window);
    }

    Advice last() {
      return window.advice().getLast();
    }

    boolean isAnythingAdvised() {
      return window.advice().stream().anyMatch(advice -> !advice.values().isEmpty());
    }
  }

  private final World world = new World();

  @Test
  void aSteadyClassGoesToTheTierThatIsFasterForIt() {
    for (int i = 0; i < RouteLearner.REMEMBERED + 2; i++) {
      world.steady(OF_512);
      world.endWindow();
    }
    assertEquals(Map.of(), world.last().values(), "it is on trial");
    assertTrue(world.last().reason().startsWith("CANARY, "), () -> world.last().reason());
    for (int i = 0; i < 8; i++) {
      world.steady(OF_512);
      world.endWindow();
    }
    assertTrue(world.last().reason().startsWith("FROZEN, kept: "), () -> world.last().reason());
    assertTrue(world.last().reason().contains("512 B steady (9"), () -> world.last().reason());
    assertEquals(
        Map.of(
            "stack.tiers", List.of("tiny", "mid-ultra", "tiny#2", "mid", "large", "big"),
            "tier.tiny.largest", 448L,
            "tier.mid-ultra.largest", 512L,
            "tier.tiny#2.largest", 8_192L),
        world.last().values());
  }

  @Test
  void aClassThatGrowsStaysWhereItIs() {
    for (int i = 0; i < 200; i++) {
      world.used[OF_512] = 0;
      world.lists.take(0, OF_512, CALLS, false);
      world.used[OF_512] = Math.min(CAPACITY, i);
      world.endWindow();
    }
    assertFalse(world.isAnythingAdvised(), () -> world.window.advice().toString());
  }

  /** In the windows of the trial the calls are those of a class that the other tier is bad for. */
  @Test
  void whatDoesNotHoldIsNotAdvised() {
    for (int i = 0; i < RouteLearner.REMEMBERED + 2; i++) {
      world.steady(OF_512);
      world.endWindow();
    }
    assertTrue(world.last().reason().startsWith("CANARY, "), () -> world.last().reason());
    for (int i = 0; i < 8; i++) {
      world.grow(OF_320);
      world.endWindow();
    }
    assertTrue(world.last().reason().startsWith("FROZEN, rolled back"), world.last()::reason);
    assertFalse(world.isAnythingAdvised(), () -> world.window.advice().toString());
  }

  @Test
  void fewCallsAreNoReason() {
    for (int i = 0; i < 200; i++) {
      world.used[OF_512] = CAPACITY * 9 / 10;
      world.lists.take(0, OF_512, 10, true);
      world.endWindow();
    }
    assertEquals(List.of(), world.window.advice());
  }

  @Test
  void whereTwoTiersServeTheSizesNothingIsSaid() {
    World two = new World(512, Map.of("stack.tiers", TIERS));
    for (int i = 0; i < 200; i++) {
      two.steady(OF_512);
      two.endWindow();
    }
    assertEquals(List.of(), two.window.advice());
  }

  @Test
  void aStackThatCountsNothingIsLeftAlone() {
    TierClasses tiers =
        TierClasses.of(
            CLASSES, _ -> "tiny", List.of("tiny", "mid-ultra"), Map.of("stack.tiers", TIERS));
    RouteLearner blind = new RouteLearner(tiers, null, 1);
    for (int i = 0; i < 100; i++) {
      blind.window(world.window);
    }
    assertEquals(List.of(), world.window.advice());
  }

  /** Whatever blocks do, what is advised can be a profile and does not change for ever. */
  @Property(tries = 20)
  void whatIsAdvisedIsARangeOfSizes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    World any = new World();
    for (int i = 0; i < 600; i++) {
      for (int sizeClass = OF_320 - 2; sizeClass <= OF_512 + 4; sizeClass++) {
        any.used[sizeClass] = random.nextInt(CAPACITY + 1);
        any.lists.take(0, sizeClass, random.nextInt(CALLS), random.nextInt(4) > 0);
        if (random.nextInt(8) == 0) {
          any.lists.release(0, sizeClass, CAPACITY);
        }
      }
      any.endWindow();
    }
    for (Advice advice : any.window.advice()) {
      if (!advice.values().isEmpty()) {
        long above = (Long) advice.values().get("tier.tiny.largest");
        long upTo = (Long) advice.values().get("tier.mid-ultra.largest");
        assertTrue(above >= 256 && above < upTo && upTo <= 1_024, advice::toString);
      }
    }
    assertTrue(any.window.advice().size() <= 16, () -> any.window.advice().toString());
  }
}
