package hak.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.bench.trace.ShippedTraces;
import hak.bench.workload.SyntheticWorkloads;
import hak.bench.workload.WorkloadType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScorecardRequestTest {
  private static List<String> names(ScorecardRequest.Matrix matrix) {
    return matrix.workloads().stream().map(Workload::name).toList();
  }

  @Test
  void theWholeMatrixHasEveryKindOfWorkloadOnce() {
    ScorecardRequest.Matrix whole = ScorecardRequest.Matrix.whole();
    Set<String> distinct = new TreeSet<>(names(whole));
    assertEquals(distinct.size(), whole.workloads().size());
    for (WorkloadType type : SyntheticWorkloads.all()) {
      assertTrue(distinct.contains(type.usualName()), () -> type.usualName() + " of " + distinct);
    }
    for (String trace : ShippedTraces.names()) {
      assertTrue(
          distinct.stream().anyMatch(name -> name.contains(trace)), () -> trace + ", " + distinct);
    }
    assertTrue(distinct.containsAll(names(ScorecardRequest.Matrix.ofMinutes())));
  }
}
