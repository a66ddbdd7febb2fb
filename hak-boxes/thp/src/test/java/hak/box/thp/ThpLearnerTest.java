package hak.box.thp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.testkit.SimulatedWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is learned in simulated time: a process that faults pages in, and a kernel that zeroes. */
class ThpLearnerTest {
  private static final String KEY = ThpLearner.KEY;
  private static final long MIB = 1 << 20;
  private static final double WORTH_MIB = 16 << 10;

  /** What the kernel takes for a fault of a small page, and to zero 2 MiB. */
  private static final double SMALL_FAULT_SECONDS = 0.5e-6;

  private static final double HUGE_FAULT_SECONDS = 100e-6;

  /** A second is a window; all else that the process has are 200 MiB. */
  private static final class World {
    final SimulatedWindow window;
    final ThpLearner learner;
    boolean givesHugePages = true;
    boolean saysWhatItTook = true;
    double kernelSeconds;
    long faults;
    long hugeBytes;
    long smallBytes;
    double residentMib;
    int now;

    World(long firstBytes) {
      window = new SimulatedWindow(Map.of(KEY, firstBytes));
      learner =
          new ThpLearner(
              () -> givesHugePages,
              () ->
                  saysWhatItTook
                      ? Optional.of(
                          new Kernel.Use(faults, kernelSeconds, (long) (residentMib * MIB)))
                      : Optional.empty(),
              new PageCosts(() -> hugeBytes, () -> smallBytes, WORTH_MIB));
    }

    /** So many windows, in each of which the process does something. */
    void play(int windows, IntConsumer deed) {
      for (int end = now + windows; now < end; now++) {
        residentMib = 200;
        deed.accept(now);
        learner.window(window.seconds(1));
      }
    }

    /** Blocks of so many MiB together take fresh memory and stay; so much of them is written. */
    void take(int mib, int times, double written) {
      boolean isHuge = mib * MIB > huge();
      long bytes = (long) mib * times * MIB;
      double hugePages = bytes / (2.0 * MIB);
      double smallPages = bytes / 4096.0 * written;
      if (isHuge) {
        hugeBytes += bytes;
        faults += (long) hugePages;
        kernelSeconds += hugePages * HUGE_FAULT_SECONDS;
        residentMib += mib;
      } else {
        smallBytes += bytes;
        faults += (long) smallPages;
        kernelSeconds += smallPages * SMALL_FAULT_SECONDS;
        residentMib += mib * written;
      }
    }

    long huge() {
      return window.value(KEY);
    }
  }

  @Test
  void blocksThatAreFilledGetHugePages() {
    World world = new World(ThpLearner.NEVER);
    world.play(1_000, _ -> world.take(100, 5, 1));
    assertTrue(world.huge() < 100 * MIB, () -> world.window.sets().toString());
  }

  @Test
  void blocksOfWhichLittleIsWrittenGetSmallOnes() {
    World world = new World(0);
    world.play(1_000, _ -> world.take(100, 5, 0.05));
    assertTrue(world.huge() >= 100 * MIB, () -> world.window.sets().toString());
  }

  @Test
  void whereNoThresholdGainsTheFirstIsBackAndItRests() {
    World world = new World(16 * MIB);
    world.play(
        1_000,
        _ -> {
          world.smallBytes += 16 * MIB;
          world.kernelSeconds += 0.01;
        });
    assertEquals(16 * MIB, world.huge());
    List<SimulatedWindow.Set> sets = world.window.sets();
    assertEquals(
        5,
        sets.stream()
            .filter(set -> set.reason().startsWith("FROZEN, rolled back: no gain"))
            .count(),
        sets::toString);
    world.play(
        2_000,
        _ -> {
          world.smallBytes += 16 * MIB;
          world.kernelSeconds += 0.01;
        });
    assertEquals(sets, world.window.sets());
  }

  @Test
  void aLoadThatChangesIsLearnedAnew() {
    World world = new World(16 * MIB);
    world.play(1_000, _ -> world.take(100, 10, 1));
    assertTrue(world.huge() < 100 * MIB, () -> world.window.sets().toString());
    world.play(3_000, _ -> world.take(100, 2, 0.02));
    assertTrue(world.huge() >= 100 * MIB, () -> world.window.sets().toString());
  }

  @Test
  void whereThereAreNoHugePagesItRestsAndSaysSo() {
    World world = new World(16 * MIB);
    world.givesHugePages = false;
    world.play(500, _ -> world.take(100, 5, 1));
    assertEquals(
        Set.of(new SimulatedWindow.Set(KEY, 16 * MIB, "rests: the system gives no huge pages")),
        Set.copyOf(world.window.sets()));
    world.givesHugePages = true;
    world.play(500, _ -> world.take(100, 5, 0.05));
    assertTrue(world.huge() >= 100 * MIB, "it goes on");
  }

  @Test
  void whereTheSystemSaysNothingItRestsAndSaysSo() {
    World world = new World(0);
    world.saysWhatItTook = false;
    world.play(100, _ -> world.take(100, 5, 0.05));
    assertEquals(
        Set.of(
            new SimulatedWindow.Set(
                KEY, 0, "rests: the system does not say what the process took")),
        Set.copyOf(world.window.sets()));
  }

  /** In a trial, too: what holds stays, and the next search begins with it. */
  @Test
  void hugePagesThatGoAwayEndATrial() {
    World world = new World(16 * MIB);
    world.play(44, _ -> world.take(100, 5, 0.05));
    assertTrue(
        world.window.sets().getLast().reason().startsWith("CANARY"), world.window.sets()::toString);
    long tried = world.huge();
    world.givesHugePages = false;
    world.play(200, _ -> world.take(100, 5, 0.05));
    assertEquals(tried, world.huge());
  }

  @Test
  void everyDecisionSaysWhy() {
    World world = new World(0);
    world.play(60, _ -> world.take(100, 5, 0.05));
    String reason = world.window.sets().getFirst().reason();
    assertTrue(
        reason.startsWith("CANARY, proposed for ")
            && reason.contains(" s of the kernel, ")
            && reason.contains(" MiB were taken fresh in huge pages, "),
        reason);
  }

  @Test
  void nothingIsLearnedWhereNoBlockTakesFreshMemory() {
    World world = new World(16 * MIB);
    world.play(1_000, window -> world.kernelSeconds += window % 7 * 0.01);
    assertEquals(List.of(), world.window.sets());
  }

  @Test
  void windowsThatAreNoneArePassedOver() {
    World world = new World(16 * MIB);
    for (double seconds : new double[] {Double.NaN, 0, -1, Double.NEGATIVE_INFINITY, 1e6}) {
      for (int i = 0; i < 100; i++) {
        world.take(100, 5, 0.05);
        world.learner.window(world.window.seconds(seconds));
      }
    }
    assertEquals(List.of(), world.window.sets());
  }

  /** Loads that flip, of any period, beside other work of the kernel: changes become rare. */
  @Property(tries = 30)
  void whateverComesItDoesNotSwing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flip = 1 + random.nextInt(100);
    double noise = random.nextDouble() * 0.2;
    World world = new World(random.nextLong(1L << 46));
    long first = world.huge();
    world.play(
        8_000,
        window -> {
          world.take(1 + random.nextInt(200), 5, window / flip % 2 == 0 ? 1 : 0.02);
          world.kernelSeconds += noise * random.nextDouble();
          assertTrue(world.huge() >= 0 && world.huge() <= ThpLearner.NEVER);
        });
    // 2,000 rounds: searches at 16, 32, ..., 1,024 after the last, each of 8 trials at most.
    int changes = world.window.changes(KEY, first);
    assertTrue(changes <= 7 * 2 * 8, () -> changes + " changes: " + world.window.sets());
  }
}
