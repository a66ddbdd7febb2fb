package hak.bench.peer;

import hak.bench.process.ChildProcess;
import java.util.List;
import java.util.Map;

/**
 * A process that replays on request. Commands and answers are lines; a process that takes part with
 * several allocators has them numbered, and the number follows the command.
 */
public final class Contestant implements AutoCloseable {
  private final ChildProcess child;

  private Contestant(ChildProcess child) {
    this.child = child;
  }

  /**
   * Starts a process.
   *
   * @param name what messages call it
   * @param environment variables to set besides those of this process
   * @throws java.io.UncheckedIOException if it cannot be started
   */
  static Contestant start(String name, List<String> command, Map<String, String> environment) {
    return new Contestant(ChildProcess.start("peer " + name, command, environment));
  }

  /** The process. */
  ProcessHandle process() {
    return child.handle();
  }

  /** Replays until it is in its stride. */
  public void warmUp(int target) {
    ask("warm", target);
  }

  /** One round; its wall time in nanoseconds. */
  public long round(int target) {
    return Long.parseLong(ask("round", target));
  }

  /** The peak of resident bytes less those before the first event; null if it is unknown. */
  public Long peakBytes(int target) {
    String answer = ask("memory", target);
    return answer.equals("-") ? null : Long.valueOf(answer);
  }

  private String ask(String command, int target) {
    return child.ask(target == 0 ? command : command + " " + target);
  }

  /** Ends the process. */
  @Override
  public void close() {
    child.close();
  }
}
