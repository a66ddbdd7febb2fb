package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.spi.Option;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Blocks that are born and die as in the servers of a large fleet: {@code fleet-SERVER}. After the
 * empirical driver of tcmalloc, which Google's Fleetbench has too: what is alive at the beginning
 * has the sizes of the fleet, then blocks are born at the rates of the fleet, and each block of a
 * size may die at any time, at a rate which keeps their number.
 *
 * <pre>
 *   birth of size i   at the rate b(i)
 *   death of size i   at the rate b(i) x alive(i) / alive at the beginning(i)
 * </pre>
 *
 * <p>Sizes, rates and numbers are in {@link FleetTable}.
 */
final class Fleet implements WorkloadFamily {
  private static final Option SERVER =
      Option.count("server", "server", 0, FleetTable.SERVERS - 1, 0, "Which kind of server.");
  private static final Option THREADS = Parameters.copies();
  private static final Option LIVE =
      Option.bytes(
          "live", 64 << 10, 1 << 30, 32 << 20, "What is alive at the beginning, about as later.");
  private static final Option STEPS =
      Option.count("steps", "steps", 1, 1 << 26, 1 << 21, "Births and deaths after that.");

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "fleet-",
        SERVER,
        "Blocks of the sizes of a kind of server are alive at the beginning; then others are born"
            + " and some die, by the rates of that kind.",
        ONE_CALL,
        List.of(THREADS, LIVE, STEPS));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    Births births = new Births(FleetTable.of(settings.get(SERVER)), settings.get(LIVE));
    births.prefill();
    for (int i = 0; i < settings.get(STEPS); i++) {
      births.step();
    }
    return ParallelProgram.copies(births.program(), settings.get(THREADS));
  }

  /** What is alive, and the program so far. */
  private static final class Births {
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ProgramBuilder program = new ProgramBuilder(1 << 16);
    private final int[] sizes;

    /** By size, upwards: the part of births that are of it or a size before it. */
    private final double[] birthsUpTo;

    /** By size: deaths of one block, where the births of all sizes are 1. */
    private final double[] deathsOfOne;

    /** By size: how many are to be alive at the beginning. */
    private final double[] expected;

    /** By size: the slots of the blocks that are alive. */
    private final int[][] alive;

    private final int[] counts;

    Births(FleetTable table, long liveBytes) {
      int rows = table.rows().size();
      sizes = new int[rows];
      birthsUpTo = new double[rows];
      deathsOfOne = new double[rows];
      expected = new double[rows];
      alive = new int[rows][16];
      counts = new int[rows];
      double blocks = liveBytes / table.meanBytes();
      double births = 0;
      for (int i = 0; i < rows; i++) {
        FleetTable.Row row = table.rows().get(i);
        sizes[i] = row.bytes();
        expected[i] = blocks * row.alive();
        deathsOfOne[i] = row.births() / expected[i];
        births += row.births();
        birthsUpTo[i] = births;
      }
    }

    /** What is alive at the beginning, in random order; the parts of a block by chance. */
    void prefill() {
      int[] order = new int[(int) Arrays.stream(expected).map(Math::ceil).sum()];
      int count = 0;
      for (int i = 0; i < sizes.length; i++) {
        int whole = (int) (expected[i] + random.nextDouble());
        Arrays.fill(order, count, count + whole, i);
        count += whole;
      }
      for (int i = count - 1; i >= 0; i--) {
        int other = random.nextInt(i + 1);
        birth(order[other]);
        order[other] = order[i];
      }
    }

    /** One birth or one death. */
    void step() {
      double deaths = 0;
      for (int i = 0; i < sizes.length; i++) {
        deaths += counts[i] * deathsOfOne[i];
      }
      double at = random.nextDouble(1 + deaths);
      if (at < 1) {
        birth(firstBeyond(birthsUpTo, at * birthsUpTo[sizes.length - 1]));
      } else {
        deathAt(at - 1);
      }
    }

    private void birth(int size) {
      int count = counts[size]++;
      if (count == alive[size].length) {
        alive[size] = Arrays.copyOf(alive[size], 2 * count);
      }
      alive[size][count] = program.malloc(sizes[size]);
    }

    /** The death of a block of the size whose part of all deaths has this point in it. */
    private void deathAt(double point) {
      double left = point;
      int size = -1;
      for (int i = 0; i < sizes.length && left >= 0; i++) {
        if (counts[i] > 0) {
          size = i; // rounding may leave a little behind the last one
          left -= counts[i] * deathsOfOne[i];
        }
      }
      int at = random.nextInt(counts[size]);
      program.free(alive[size][at]);
      alive[size][at] = alive[size][--counts[size]];
    }

    private static int firstBeyond(double[] rising, double value) {
      int found = 0;
      while (found < rising.length - 1 && rising[found] <= value) {
        found++;
      }
      return found;
    }

    Program program() {
      return program.build();
    }
  }
}
