package hak.bench.peer;

import hak.bench.process.JsonLine;
import hak.bench.replay.CallSum;
import hak.bench.replay.Crew;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The JVM of a {@link Contestant}: prepares the {@link ReplayOrder} that it is given and replays on
 * request, as the C program does.
 */
final class ReplayMain {
  private ReplayMain() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    ReplayOrder order = JsonLine.parse(arguments[0], ReplayOrder.class);
    ParallelProgram program = ProgramFile.read(Path.of(order.program()));
    try (Crew crew = new Crew(program.threads())) {
      List<Target> targets =
          order.targets().stream().map(target -> Target.of(target, program, crew)).toList();
      serve(targets, () -> CallSum.of(program, crew));
    }
  }

  private static void serve(List<Target> targets, LongSupplier callSum) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Ask ask = JsonLine.parse(line, Ask.class);
      answers.println(JsonLine.of(answer(ask.ask(), targets.get(ask.target()), callSum)));
    }
  }

  private static Answer answer(Ask.Kind ask, Target target, LongSupplier callSum)
      throws IOException {
    return switch (ask) {
      case WARM_UP -> {
        target.replayer().warmUp();
        yield Answer.DONE;
      }
      case ROUND -> Answer.ofRound(target.replayer().round());
      case CALL_SUM -> Answer.ofCalls(callSum.getAsLong());
      case MEMORY -> {
        OptionalLong peak = target.memory().measure();
        yield Answer.ofMemory(peak.isPresent() ? peak.getAsLong() : null);
      }
    };
  }
}
