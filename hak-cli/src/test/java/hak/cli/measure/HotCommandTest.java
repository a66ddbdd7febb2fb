package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.hot.HotReport;
import hak.cli.Cli;
import hak.cli.output.Page;
import hak.core.LayerCount;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class HotCommandTest {
  @Test
  void sharesAndRatesArePrinted() {
    HotReport report =
        new HotReport(
            "default",
            "25",
            "random-mixed",
            1,
            10,
            200,
            1,
            List.of(new HotReport.LayerShare("tls-sll", 150), new HotReport.LayerShare("loop", 50)),
            List.of(
                new HotReport.LineShare("tls-sll", "TlsSll.pop:80", 150),
                new HotReport.LineShare("loop", "ReplayLoop.replay:40", 50)),
            List.of(new LayerCount("tls-sll", 1_000, 900, 1_000, 1_000)),
            2_000,
            List.of(
                new HotReport.CauseRate("refill of a cache", "Handover.take", 100),
                new HotReport.CauseRate("grow", "PageRuns.grow", 0)),
            3);
    StringWriter out = new StringWriter();
    Page page = new Page(new PrintWriter(out), Ansi.OFF);
    new HotTables(page, 1).print(report);
    page.flush();
    List<String> lines = out.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
    for (String line :
        List.of(
            "tls-sll 75.0% 7.50",
            "loop 25.0% 2.50",
            "TlsSll.pop:80 tls-sll 75.0%",
            "tls-sll 500.000 50.000 500.000 0.000",
            "refill of a cache 50.000 100 Handover.take",
            "system call 1.500 3")) {
      assertTrue(lines.contains(line), line + " in " + lines);
    }
    assertTrue(lines.stream().noneMatch(line -> line.contains("ReplayLoop")), "one line of source");
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("grow")), "never entered");
  }

  @Test
  void refusesWhatItCannotDo() {
    assertEquals(2, hak("profile", "hot", "default", "--seconds", "0").exitCode());
    assertEquals(2, hak("profile", "hot", "default", "--lines", "0").exitCode());
    assertEquals(2, hak("profile", "hot", "default", "--workload", "fixed").exitCode());
    Cli.Result noProfile = hak("profile", "hot", "defaul");
    assertEquals(2, noProfile.exitCode());
    assertTrue(noProfile.err().contains("default"), noProfile.err());
  }
}
