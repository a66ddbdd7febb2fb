package hak.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.bench.Change;
import hak.bench.ClassCount;
import hak.bench.ComposeReport;
import hak.bench.Machine;
import hak.bench.PeerReport;
import hak.bench.Ratio;
import hak.bench.RunReport;
import hak.bench.ab.AbReport;
import hak.bench.ab.Verdict;
import hak.bench.stress.report.StressReport;
import hak.core.LayerCount;
import hak.core.LayerEvent;
import hak.core.Ledger;
import hak.core.StackDescription;
import hak.core.spi.Role;
import hak.store.bench.speed.StoreBenchReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The names of the fields and their order are part of the interface: fields are added, none is
 * renamed.
 */
class ReportJsonTest {
  private static final String JDK = "25+36 OpenJDK 64-Bit Server VM";
  private static final Ratio RATIO = new Ratio(0.75, 0.7, 0.8);

  private static void assertJson(String golden, String json) throws IOException {
    try (InputStream file = ReportJsonTest.class.getResourceAsStream(golden)) {
      assertEquals(new String(file.readAllBytes(), StandardCharsets.UTF_8), json + "\n");
    }
  }

  @Test
  void aRun() throws IOException {
    Ledger ledger = new Ledger(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    RunReport.Run whole =
        new RunReport.Run(
            "trace:lua",
            2,
            10,
            1_000,
            true,
            null,
            new RunReport.Nanos(1.5, 2.25, 0.5, List.of(1.5, 3.0), List.of(0.5, 0.5), 3, 1),
            new RunReport.Rss(4_096, 1L << 40, 8_192, List.of(1L << 40)),
            12L,
            0.001,
            List.of(new LayerCount("tls-sll", 10, 9, 8, 7)),
            ledger,
            List.of(new ClassCount("tls-sll", 16, 10, 9, 8, 7)),
            List.of(new LayerEvent(0, 1, "tls-sll", 16, true, false)),
            null,
            "f00d",
            0.5);
    RunReport.Run bare =
        new RunReport.Run(
            "fixed-64",
            1,
            1,
            1,
            false,
            "<block>",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    assertJson("run.json", Json.of(new RunReport("default", JDK, List.of(whole, bare), ledger)));
  }

  @Test
  void aFieldMoreComesLast() {
    assertEquals(
        """
        {
          "value": 0.75,
          "low": 0.7,
          "high": 0.8,
          "more": [
            1
          ]
        }\
        """,
        Json.of(RATIO, "more", List.of(1)));
    assertEquals(Json.of(RATIO), Json.of(RATIO, "more", null));
  }

  @Test
  void aComparisonWithPeers() throws IOException {
    PeerReport.Cost cost = new PeerReport.Cost(12.5, 12, 2, 4_096L, List.of(12.5), List.of(2.0));
    PeerReport.Cost unknown = new PeerReport.Cost(25, 24, 2, null, List.of(25.0), List.of(2.0));
    PeerReport.Row row =
        new PeerReport.Row(
            "trace:lua",
            1_000,
            cost,
            List.of(new PeerReport.Comparison("glibc", unknown, RATIO, null, Change.FASTER)),
            1,
            "f00d",
            0.5,
            2,
            1);
    assertJson(
        "peers.json",
        Json.of(
            new PeerReport(
                "default",
                JDK,
                1,
                10,
                5,
                List.of(row),
                List.of(new PeerReport.Total("glibc", RATIO, null, "trace:lua")),
                List.of(new PeerReport.Skipped("mimalloc", "not installed")))));
  }

  @Test
  void whatCompositionCosts() throws IOException {
    ComposeReport.Row row = new ComposeReport.Row("default", 12.5, 12, RATIO);
    assertJson("compose.json", Json.of(new ComposeReport(JDK, row, row, List.of(row))));
  }

  @Test
  void anAb() throws IOException {
    AbReport.Row row = new AbReport.Row("trace:lua", 10, 12, RATIO, 0.01, 0.02, Verdict.NO_GO);
    AbReport.Measure measure =
        new AbReport.Measure(List.of(row), RATIO, 0.02, Verdict.GO, "trace:lua");
    AbReport.Spread spread =
        new AbReport.Spread(List.of(new AbReport.SpreadRow("trace:lua", RATIO)), RATIO);
    AbReport.Stack stack =
        new AbReport.Stack(
            "default",
            new StackDescription(
                "default",
                List.of(
                    new StackDescription.Layer(
                        "tls-sll", Role.CACHE, "hak.box.tlssll", "", Map.of("bytes", "64 KiB"))),
                1 << 30,
                1L << 31,
                1_408,
                "64 MiB (stack.budget)"),
            List.of(
                new AbReport.Hits("trace:lua", List.of(new LayerCount("tls-sll", 10, 9, 8, 7)))));
    AbReport.Arm arm =
        new AbReport.Arm("default again", List.of(10.0, 11.0), List.of(1.0, 1.01), List.of(4096.0));
    assertJson(
        "ab.json",
        Json.of(
            new AbReport(
                "2026-11-25T23:00:00Z",
                new Machine("a processor", 2, 1L << 34, "Linux 6 amd64", 0.5),
                JDK,
                1,
                20,
                10,
                false,
                0.01,
                stack,
                List.of(stack),
                new AbReport.Noise(spread, null),
                List.of(new AbReport.Comparison("bare", measure, null)),
                List.of(new AbReport.Samples("trace:lua", 1_000, List.of(arm), 1)))));
  }

  @Test
  void aStress() throws IOException {
    Map<String, Long> operations = new LinkedHashMap<>();
    operations.put("malloc", 20L);
    operations.put("free", 19L);
    StressReport.Counts counts =
        new StressReport.Counts(Map.of("quiet", 1L), operations, 1, 2, 3, 4, 5, 6, 7);
    StressReport.Failure failure =
        new StressReport.Failure(
            4_711, "quiet", "default", "owner 1", "a wrong byte", List.of("at a", "at b"));
    assertJson(
        "stress.json",
        Json.of(
            new StressReport(
                4_711,
                List.of("default", "bare"),
                4,
                JDK,
                "Serial",
                60.5,
                1L << 33,
                counts,
                List.of(failure),
                null)));
  }

  @Test
  void aStoreBench() throws IOException {
    StoreBenchReport.Latency latency = new StoreBenchReport.Latency(100.5, 90, 400);
    StoreBenchReport.Scaling scaling = new StoreBenchReport.Scaling(1e6, RATIO);
    assertJson(
        "store-bench.json",
        Json.of(
            new StoreBenchReport(
                "/dev/shm/lab",
                JDK,
                30,
                new StoreBenchReport.Get(1_000, 4_096, 64, latency, latency, RATIO),
                List.of(
                    new StoreBenchReport.Write(
                        4_096,
                        100,
                        250,
                        300,
                        List.of(new StoreBenchReport.Operation("put", 600, RATIO)))),
                List.of(new StoreBenchReport.Writers(4_096, 1e6, scaling, scaling, 4e6, scaling)),
                new StoreBenchReport.HandOver(1_000, latency, latency, RATIO))));
  }
}
