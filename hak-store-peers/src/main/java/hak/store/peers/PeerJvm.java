package hak.store.peers;

import hak.bench.process.ChildProcess;
import hak.bench.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM with one contestant. In one JVM they would share what C2 learns of the code under them all,
 * a memory segment's for instance, and one heap; whoever came first would be compiled for itself
 * alone. So each has its own, with the same options and the same heap.
 */
final class PeerJvm implements AutoCloseable {
  private static final long HEAP_MEBIBYTES = 512;

  /** What lmdbjava and Chronicle Map reach into. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // It would report each start to its makers.
          "-Dchronicle.analytics.disable=true");

  private final ChildProcess process;

  private PeerJvm(ChildProcess process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param redis where the Redis server is, as in {@link Contestant#open}
   */
  static PeerJvm start(Contestant contestant, Path folder, int sizeBytes, int count, String redis) {
    try {
      Path own = Files.createTempDirectory(folder, contestant.name());
      List<String> command =
          JavaCommand.of(
              PeerMain.class,
              HEAP_MEBIBYTES,
              JVM_OPTIONS,
              "hak.core",
              List.of(
                  contestant.name(),
                  own.toString(),
                  Integer.toString(sizeBytes),
                  Integer.toString(count),
                  redis));
      return new PeerJvm(ChildProcess.start(contestant.title(), command, Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs rounds for so long.
   *
   * @throws UncheckedIOException if the contestant does not run; the message has what it said
   */
  void warmUp(int millis) {
    process.ask("warm " + millis);
  }

  /** Runs a round; nanoseconds of one operation of each kind. */
  Map<Operation, Double> round() {
    String[] nanos = process.ask("round").split(" ", -1);
    Map<Operation, Double> round = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      round.put(operation, Double.valueOf(nanos[round.size()]));
    }
    return round;
  }

  @Override
  public void close() {
    process.close();
  }
}
