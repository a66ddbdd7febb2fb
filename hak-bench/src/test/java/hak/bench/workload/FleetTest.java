package hak.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.trace.Program;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FleetTest {
  private static final long LIVE_BYTES = 4 << 20;

  static IntStream servers() {
    return IntStream.range(0, FleetTable.SERVERS);
  }

  private static Program program(int server, int steps) {
    return SyntheticWorkloads.parse("fleet-" + server + ":live=" + LIVE_BYTES + ",steps=" + steps)
        .program()
        .program(0);
  }

  private static boolean isMalloc(long event) {
    return Program.op(event) == Program.MALLOC;
  }

  /** How many of the events in a row, from the first on, are allocations. */
  private static int prefilled(Program steady) {
    int count = 0;
    while (isMalloc(steady.events()[count])) {
      count++;
    }
    return count;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void partsOfATableAddUp(int server) {
    FleetTable table = FleetTable.of(server);
    assertTrue(table.rows().size() >= 30 && table.rows().size() < 50, table.toString());
    assertEquals(1, table.rows().stream().mapToDouble(FleetTable.Row::births).sum(), 1e-9);
    assertEquals(1, table.rows().stream().mapToDouble(FleetTable.Row::alive).sum(), 1e-9);
    int[] sizes = table.rows().stream().mapToInt(FleetTable.Row::bytes).toArray();
    assertTrue(IntStream.range(1, sizes.length).allMatch(i -> sizes[i - 1] < sizes[i]));
    assertTrue(sizes[0] >= 1 && sizes[sizes.length - 1] <= 4 << 20);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void whatIsAliveStaysAboutTheSame(int server) {
    Program begun = program(server, 1);
    Program gone = program(server, 100_000);
    assertEquals(LIVE_BYTES, (double) begun.peakLiveBytes(), LIVE_BYTES / 2.0);
    double blocks = begun.slots();
    assertEquals(blocks, gone.leftover().length, blocks / 4);
    assertTrue(gone.peakLiveBytes() < 2 * LIVE_BYTES, "peak " + gone.peakLiveBytes());
  }

  /** Of server 0 a sixth of the births is of 32 B, of 16 B less than a twenty-fifth. */
  @Test
  void birthsHaveTheirRates() {
    Program program = program(0, 200_000);
    Map<Long, Long> births =
        Arrays.stream(program.events())
            .skip(prefilled(program))
            .filter(FleetTest::isMalloc)
            .boxed()
            .collect(Collectors.groupingBy(Program::argument, Collectors.counting()));
    double all = births.values().stream().mapToLong(Long::longValue).sum();
    assertEquals(100_000, all, 2_000);
    for (FleetTable.Row row : FleetTable.of(0).rows()) {
      double found = births.getOrDefault((long) row.bytes(), 0L);
      double deviation = Math.sqrt(all * row.births());
      assertEquals(all * row.births(), found, 5 * deviation + 1, "size " + row.bytes());
    }
  }

  /**
   * 32 B are born more often than 16 B beside what is alive of them, so they die younger: in the
   * end there are as many of each as there were.
   */
  @Test
  void eachSizeKeepsItsNumber() {
    Program program = program(0, 200_000);
    Map<Integer, Long> sizeOf = new HashMap<>();
    for (long event : program.events()) {
      if (isMalloc(event)) {
        sizeOf.put(Program.slot(event), Program.argument(event));
      }
    }
    Map<Long, Long> alive =
        Arrays.stream(program.leftover())
            .mapToObj(sizeOf::get)
            .collect(Collectors.groupingBy(size -> size, Collectors.counting()));
    double blocks = LIVE_BYTES / FleetTable.of(0).meanBytes();
    for (FleetTable.Row row : FleetTable.of(0).rows()) {
      double expected = blocks * row.alive();
      double found = alive.getOrDefault((long) row.bytes(), 0L);
      assertEquals(expected, found, 5 * Math.sqrt(expected) + 1, "size " + row.bytes());
    }
  }

  @Test
  void thereAreTenServers() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SyntheticWorkloads.parse("fleet-10"));
    assertTrue(
        e.getMessage().startsWith("fleet-SERVER: server: \"10\" is not allowed"), e.getMessage());
  }
}
