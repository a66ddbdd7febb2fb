package hak.core.profile.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.profile.Problem;
import hak.core.profile.StackOptions;
import hak.core.spi.HeapSpace;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where boxes keep their state in a thread heap. */
class HeapLayoutTest {
  private static final int LAST_CLASS = 5;

  private final HeapLayout layout = new HeapLayout(LAST_CLASS);

  private HeapLayout.Share share(String box, int perClassBytes, int perHeapBytes) {
    layout.add(box, new HeapSpace(perClassBytes, perHeapBytes));
    return layout.share(box);
  }

  @Test
  void whatBoxesGetLiesInTheHeapAndDoesNotOverlap() {
    HeapLayout.Share first = share("first", 24, 128);
    HeapLayout.Share second = share("second", 8, 64);
    Set<Integer> units = new HashSet<>();
    int given = 0;
    for (PerClass cells :
        new PerClass[] {first.perClass(16), second.perClass(8), first.perClass(8)}) {
      for (int sizeClass = 0; sizeClass <= LAST_CLASS; sizeClass++) {
        for (int unit = 0; unit < cells.strideUnits(); unit++) {
          assertTrue(units.add(cells.at(0, sizeClass) + unit));
          given++;
        }
      }
    }
    for (PerHeap line : new PerHeap[] {first.perHeap(8), second.perHeap(64), first.perHeap(33)}) {
      assertEquals(0, line.offsetUnits() % 8, "lines begin at a cache line");
      for (int unit = 0; unit < 8; unit++) {
        assertTrue(units.add(line.at(0) + unit));
        given++;
      }
    }
    assertEquals(given, units.size());
    long last = units.stream().mapToInt(Integer::intValue).max().orElseThrow();
    assertTrue(8 * (last + 1) <= layout.heapBytes(), layout.heapBytes() + " B");
    assertEquals(6 * 32 + 3 * 64, layout.heapBytes());
  }

  @Test
  void heapsDifferByAddressThoughTheyHoldNothing() {
    assertEquals(64, layout.heapBytes());
    share("nothing", 0, 0);
    assertEquals(64, layout.heapBytes());
  }

  @Test
  void sumsBeyond2GibAreRight() {
    int most = Integer.MAX_VALUE & -8;
    share("large", most, 0);
    share("larger", most, 0);
    assertEquals((2L * most * 6 + 63) & -64, layout.heapBytes());
  }

  @Test
  void aHeapBeyond1GibIsRefusedThoughTheRegionHasRoomForIt() {
    share("huge", (1 << 30) / (LAST_CLASS + 1) & -8, 0);
    StackOptions options = StackOptions.DEFAULTS.with(StackOptions.THREADS, 1);
    assertEquals(Optional.empty(), problem(options));
    share("drop", 0, 64);
    Problem problem = problem(options).orElseThrow();
    assertEquals("stack", problem.path());
    assertTrue(problem.message().contains("'huge'"), problem.message());
  }

  private Optional<Problem> problem(StackOptions options) {
    RegionPlan plan = RegionPlan.of(options, layout.heapBytes());
    return RegionCheck.of(plan.withHeaps(1, 2), layout);
  }

  @Test
  void aBoxThatAsksForMoreThanItDeclaresIsNamedAndGetsNothing() {
    HeapLayout.Share greedy = share("greedy", 16, 64);
    share("next", 8, 64);
    greedy.perClass(8);
    for (int i = 0; i < 2; i++) {
      String message =
          assertThrows(IllegalStateException.class, () -> greedy.perClass(16)).getMessage();
      assertTrue(message.contains("'greedy'") && message.contains("24 B"), message);
    }
    greedy.perClass(8);
    greedy.perHeap(1);
    assertThrows(IllegalStateException.class, () -> greedy.perHeap(1));
    assertThrows(IllegalStateException.class, () -> greedy.perClass(8));
  }

  @Test
  void oddSizesAreRefused() {
    HeapLayout.Share box = share("odd", 64, 64);
    for (int bytes : new int[] {0, -8, 12, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> box.perClass(bytes));
    }
    assertThrows(IllegalArgumentException.class, () -> box.perHeap(0));
    assertThrows(IllegalArgumentException.class, () -> new HeapSpace(12, 0));
    assertThrows(IllegalArgumentException.class, () -> new HeapSpace(-8, 0));
    assertThrows(IllegalArgumentException.class, () -> new HeapSpace(0, 8));
  }
}
