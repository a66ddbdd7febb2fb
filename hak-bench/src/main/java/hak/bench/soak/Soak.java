package hak.bench.soak;

import hak.bench.Jvm;
import hak.bench.Machine;
import hak.bench.peer.ScratchFolder;
import hak.bench.peer.StoredProgram;
import hak.bench.process.ChildProcess;
import hak.bench.process.JavaCommand;
import hak.bench.process.JsonLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Keeps a stack in use for a long time, in a process of its own, and sums up what it was like. */
public final class Soak {
  private static final long HEAP_MEBIBYTES = 256;

  private Soak() {}

  /**
   * Runs a request.
   *
   * @return what was found; empty of epochs if it was stopped before the first
   * @throws UncheckedIOException if the process ends early, or the log cannot be written
   */
  public static SoakReport run(SoakRequest request) {
    String workload = request.workload().name();
    double wanted = request.length().toNanos() / 1e9;
    SoakLog log = request.log();
    if (log.seconds() < wanted) {
      try (ScratchFolder scratch = new ScratchFolder()) {
        StoredProgram program = scratch.write(request.workload().program(), "soak");
        soak(request, program, wanted);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the log: " + e.getMessage(), e);
      }
    }
    if (log.epochs().isEmpty()) {
      throw new IllegalStateException("stopped before the first epoch ended");
    }
    boolean complete = log.seconds() >= wanted;
    return SoakReport.of(
        Machine.here(), Jvm.name(), request.profile().name(), workload, complete, log);
  }

  private static void soak(SoakRequest request, StoredProgram program, double wanted)
      throws IOException {
    SoakOrder order =
        new SoakOrder(program.file().toString(), request.profile(), request.epochNanos());
    // All pages of the Java heap are there from the start: the process grows by the stack alone.
    List<String> command =
        JavaCommand.of(
            SoakMain.class,
            HEAP_MEBIBYTES + 2 * ((program.words() * Long.BYTES) >> 20),
            List.of("-XX:+AlwaysPreTouch"),
            "hak.core,hak.bench",
            List.of(JsonLine.of(order)));
    int number = request.log().lastProcess() + 1;
    try (ChildProcess process = ChildProcess.start("soak", command, Map.of())) {
      while (request.log().seconds() < wanted && !request.stop().getAsBoolean()) {
        request
            .progress()
            .advanced(
                request.workload().name(),
                "soaks",
                (long) Math.min(request.log().seconds(), wanted),
                (long) Math.ceil(wanted));
        request.log().add(JsonLine.parse(process.receive(), SoakEpoch.class).ofProcess(number));
      }
      process.finishInput();
    }
  }
}
