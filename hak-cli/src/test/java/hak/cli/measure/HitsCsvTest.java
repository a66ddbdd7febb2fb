package hak.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.bench.ClassCount;
import hak.bench.RunReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitsCsvTest {
  private static final String HEAD =
      "workload,layer,class bytes,pops,hits,hit rate,pushes,accepted\n";

  private static RunReport.Run run(String workload, List<ClassCount> classes) {
    return new RunReport.Run(
        workload, 1, 1, 1, null, null, null, null, null, null, null, null, classes, null, null,
        null, null);
  }

  @Test
  void aLineForEachLayerAndClass() {
    List<ClassCount> classes =
        List.of(
            new ClassCount("tls-sll", 16, 3, 1, 2, 2), new ClassCount("tiny", 1024, 4, 4, 5, 0));
    assertEquals(
        HEAD + "trace:lua,tls-sll,16,3,1,0.333333,2,2\ntrace:lua,tiny,1024,4,4,1.000000,5,0\n",
        HitsCsv.text(List.of(run("trace:lua", classes))));
  }

  @Test
  void whatWasNeverAskedHasNoRate() {
    assertEquals(
        HEAD + "w,tiny,8,0,0,,1,1\n",
        HitsCsv.text(List.of(run("w", List.of(new ClassCount("tiny", 8, 0, 0, 1, 1))))));
  }

  @Test
  void aPathWithACommaIsQuoted() {
    assertEquals(
        HEAD + "\"a,\"\"b\"\"\",tiny,8,1,0,0.000000,0,0\n",
        HitsCsv.text(List.of(run("a,\"b\"", List.of(new ClassCount("tiny", 8, 1, 0, 0, 0))))));
  }

  @Test
  void whatWasNotCountedHasNoLine() {
    assertEquals(HEAD, HitsCsv.text(List.of(run("w", null))));
  }
}
