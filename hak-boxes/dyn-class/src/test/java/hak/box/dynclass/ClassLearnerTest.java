package hak.box.dynclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.SizeClasses;
import hak.learn.SizeHistogram;
import hak.testkit.SimulatedWindow;
import hak.testkit.SimulatedWindow.Advice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is advised of requests that a test makes up. */
class ClassLearnerTest {
  private static final int LARGEST = 256 << 10;
  private static final int BELOW = 8 << 10;
  private static final int ROUND = 5_000;
  private static final SizeClasses CLASSES = SizeClasses.of(SizeClasses.fine(LARGEST).toArray());

  private final AtomicLongArray counts = new AtomicLongArray(LARGEST / 16 + 1);
  private final SimulatedWindow window = new SimulatedWindow(Map.of());
  private final ClassLearner learner =
      new ClassLearner(
          new SampledRequests(() -> Optional.of(counts), LARGEST, ROUND),
          size -> CLASSES.bytes(CLASSES.of(size)),
          BELOW,
          List.of("12 KiB"),
          LARGEST);

  private void rounds(int rounds, IntSupplier size) {
    for (int i = 0; i < rounds; i++) {
      for (int k = 0; k < ROUND; k++) {
        counts.getAndIncrement((int) SizeHistogram.stepOf(size.getAsInt()));
      }
      learner.window(window);
    }
  }

  private static IntSupplier mostly(int size, SplittableRandom random) {
    return () -> random.nextInt(10) < 3 ? size : 16 + random.nextInt(2_000);
  }

  private Advice last() {
    return window.advice().getLast();
  }

  @Test
  void aSizeBetweenTwoClassesIsAdvisedWhenItHeld() {
    rounds(3, mostly(33_000, new SplittableRandom(1)));
    assertTrue(last().reason().startsWith("CANARY, "), () -> last().reason());
    assertEquals(Map.of(), last().values(), "it is on trial");
    rounds(4, mostly(33_000, new SplittableRandom(2)));
    assertTrue(last().reason().startsWith("FROZEN, kept: "), () -> last().reason());
    assertTrue(last().reason().contains("in blocks of 33,008 B instead of 40,960 save 1"));
    assertEquals(Map.of(ClassLearner.KEY, List.of("12 KiB", "33008 B")), last().values());
  }

  @Test
  void twoAreAdvisedAtMost() {
    SplittableRandom random = new SplittableRandom(3);
    int[] sizes = {33_000, 66_000, 132_000};
    rounds(10, () -> sizes[random.nextInt(3)]);
    assertEquals(
        Map.of(ClassLearner.KEY, List.of("12 KiB", "66000 B", "132000 B")), last().values());
  }

  @Test
  void sizesThatFitOrAreServedBeforeLeaveTheProfileAsItIs() {
    SplittableRandom random = new SplittableRandom(4);
    rounds(10, () -> random.nextBoolean() ? 40_960 : 16 + random.nextInt(BELOW - 16));
    assertEquals(1, window.advice().size());
    assertEquals(Map.of(), last().values());
    assertTrue(last().reason().contains("no class is added, by 15,000 requests"), last()::reason);
  }

  /** What is proposed by the first rounds must save as much of others. */
  @Test
  void whatDoesNotHoldIsNotAdvised() {
    rounds(3, mostly(33_000, new SplittableRandom(5)));
    rounds(10, mostly(60_000, new SplittableRandom(6)));
    assertTrue(
        window.advice().stream().allMatch(advice -> !advice.values().toString().contains("33008")),
        () -> window.advice().toString());
  }

  @Test
  void anotherProgramIsLearnedAgain() {
    rounds(20, mostly(33_000, new SplittableRandom(7)));
    assertEquals(Map.of(ClassLearner.KEY, List.of("12 KiB", "33008 B")), last().values());
    rounds(40, mostly(66_000, new SplittableRandom(8)));
    assertEquals(Map.of(ClassLearner.KEY, List.of("12 KiB", "66000 B")), last().values());
  }

  @Test
  void fewRequestsAreNoRound() {
    for (int i = 0; i < 50; i++) {
      counts.getAndAdd(33_000 / 16 + 1, ROUND / 100);
      learner.window(window);
    }
    assertEquals(List.of(), window.advice());
  }

  @Test
  void withoutAnObserverNothingIsAdvised() {
    ClassLearner blind =
        new ClassLearner(
            new SampledRequests(Optional::empty, LARGEST, ROUND),
            size -> CLASSES.bytes(CLASSES.of(size)),
            BELOW,
            List.of(),
            LARGEST);
    for (int i = 0; i < 50; i++) {
      blind.window(window);
    }
    assertEquals(List.of(), window.advice());
  }

  /** Whatever the sizes are, what is advised saves bytes and does not change for ever. */
  @Property(tries = 20)
  void whatIsAdvisedIsFewAndLargeEnough(@ForAll long seed) {
    new ClassLearnerTest().adviseFewAndLargeEnough(seed);
  }

  private void adviseFewAndLargeEnough(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] common = random.ints(4, 1, LARGEST).toArray();
    rounds(
        60, () -> random.nextInt(4) == 0 ? 1 + random.nextInt(LARGEST) : common[random.nextInt(4)]);
    for (Advice advice : window.advice()) {
      if (!advice.values().isEmpty()) {
        List<?> values = (List<?>) advice.values().get(ClassLearner.KEY);
        assertTrue(values.size() <= 1 + ClassLearner.MOST, values::toString);
        values.stream()
            .skip(1)
            .map(text -> Integer.parseInt(text.toString().replace(" B", "")))
            .forEach(bytes -> assertTrue(bytes > BELOW && bytes % 16 == 0, values::toString));
      }
    }
    assertTrue(window.advice().size() <= 12, () -> window.advice().toString());
  }
}
