package hak.bench.hot;

import hak.bench.Steps;
import hak.bench.peer.ScratchFolder;
import hak.bench.peer.StoredProgram;
import hak.bench.process.ChildProcess;
import hak.bench.process.JavaCommand;
import hak.bench.process.JsonLine;
import java.util.List;
import java.util.Map;

/**
 * Finds where the time of a stack goes, in a process of its own: only a JVM that is told so at its
 * start keeps, for each instruction of compiled code, the source line; else samples show the next
 * place where a thread may stop.
 */
public final class Hot {
  private static final long HEAP_MEBIBYTES = 512;
  private static final List<String> LINES =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");

  private Hot() {}

  /**
   * Runs a request.
   *
   * @throws hak.bench.trace.TraceException if a trace cannot be read
   * @throws java.io.UncheckedIOException if the process cannot be started or ends early
   */
  public static HotReport run(HotRequest request) {
    String workload = request.workload().name();
    Steps steps = new Steps(request.progress(), 1 + HotMain.PHASES.size());
    steps.begin(workload, "read");
    try (ScratchFolder scratch = new ScratchFolder()) {
      StoredProgram program = scratch.write(request.workload().program(), "hot");
      try (ChildProcess process = start(request, program)) {
        for (String phase : HotMain.PHASES) {
          process.receive();
          steps.begin(workload, phase);
        }
        HotReport report = JsonLine.parse(process.receive(), HotReport.class);
        steps.end(workload);
        return report;
      }
    }
  }

  private static ChildProcess start(HotRequest request, StoredProgram program) {
    HotOrder order =
        new HotOrder(
            program.file().toString(),
            request.workload().name(),
            request.profile(),
            request.length().toNanos());
    List<String> command =
        JavaCommand.of(
            HotMain.class,
            HEAP_MEBIBYTES + 2 * ((program.words() * Long.BYTES) >> 20),
            LINES,
            "hak.core,hak.bench",
            List.of(JsonLine.of(order)));
    return ChildProcess.start("the sampled process", command, Map.of());
  }
}
