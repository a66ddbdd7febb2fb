package hak.bench.peer;

import hak.bench.replay.Crew;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The JVM of a {@link Contestant}: replays on request, as the C program does.
 *
 * <pre>
 *   ReplayMain PROGRAM THREADS TARGET...
 *
 *   warm [N]      replays on target N, from 0, until it is compiled; answers "ok"
 *   round [N]     one round; answers its wall time in nanoseconds
 *   memory [N]    answers the peak of resident bytes less those before the first event, "-" if it is unknown
 * </pre>
 */
final class ReplayMain {
  private ReplayMain() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Program program = ProgramFile.read(Path.of(arguments[0]));
    try (Crew crew = new Crew(Integer.parseInt(arguments[1]))) {
      List<Target> targets = new ArrayList<>();
      for (int i = 2; i < arguments.length; i++) {
        targets.add(Target.of(arguments[i], program, crew));
      }
      serve(targets);
    }
  }

  private static void serve(List<Target> targets) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      int space = line.indexOf(' ');
      String command = space < 0 ? line : line.substring(0, space);
      int target = space < 0 ? 0 : Integer.parseInt(line.substring(space + 1));
      answers.println(answer(command, targets.get(target)));
    }
  }

  private static String answer(String command, Target target) throws IOException {
    return switch (command) {
      case "warm" -> {
        target.replayer().warmUp();
        yield "ok";
      }
      case "round" -> Long.toString(target.replayer().round());
      case "memory" -> {
        OptionalLong peak = target.memory().measure();
        yield peak.isPresent() ? Long.toString(peak.getAsLong()) : "-";
      }
      default -> "unknown command";
    };
  }
}
