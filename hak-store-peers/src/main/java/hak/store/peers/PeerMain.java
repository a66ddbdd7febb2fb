package hak.store.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * The JVM of a contestant.
 *
 * <pre>
 *   PeerMain CONTESTANT FOLDER SIZE COUNT REDIS
 *
 *   warm MILLIS   rounds for so long; answers "ok"
 *   round         one round; answers nanoseconds of one operation of each kind, as {@link Operation} has them
 * </pre>
 */
final class PeerMain {
  private static final int LEAST_WARM_ROUNDS = 3;

  private PeerMain() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // Libraries may say what they like, but not there.
    System.setOut(System.err);
    byte[] data = Round.data(Integer.parseInt(arguments[2]));
    int count = Integer.parseInt(arguments[3]);
    Contestant contestant = Contestant.valueOf(arguments[0]);
    try (Peer peer = contestant.open(Path.of(arguments[1]), data, count, arguments[4])) {
      serve(new Round(peer, data, count), answers);
    }
  }

  private static void serve(Round round, PrintStream answers) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.startsWith("warm ")) {
        warmUp(round, Long.parseLong(line.substring("warm ".length())));
        answers.println("ok");
      } else {
        answers.println(
            round.run().values().stream().map(String::valueOf).collect(Collectors.joining(" ")));
      }
    }
  }

  private static void warmUp(Round round, long millis) {
    long begun = System.nanoTime();
    for (int i = 0; i < LEAST_WARM_ROUNDS || System.nanoTime() - begun < millis * 1_000_000; i++) {
      round.run();
    }
  }
}
