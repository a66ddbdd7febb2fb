package hak.bench.peer;

import hak.bench.process.ChildProcess;
import hak.bench.process.JsonLine;
import java.util.List;
import java.util.Map;

/**
 * A process that replays on request, which is an {@link Ask} and an {@link Answer}, each a line of
 * JSON. A process that takes part with several allocators has them numbered.
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
    ask(Ask.Kind.WARM_UP, target);
  }

  /** One round; its wall time in nanoseconds. */
  public long round(int target) {
    return ask(Ask.Kind.ROUND, target).nanos();
  }

  /** The peak of resident bytes less those before the first event; null if it is unknown. */
  public Long peakBytes(int target) {
    return ask(Ask.Kind.MEMORY, target).peakBytes();
  }

  /** The checksum of the calls of a round: see {@link hak.bench.replay.CallSum}. */
  public long callSum() {
    return ask(Ask.Kind.CALL_SUM, 0).callSum();
  }

  private Answer ask(Ask.Kind kind, int target) {
    return JsonLine.parse(child.ask(JsonLine.of(new Ask(kind, target))), Answer.class);
  }

  /** Ends the process. */
  @Override
  public void close() {
    child.close();
  }
}
