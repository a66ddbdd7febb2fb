package hak.bench.peer;

import hak.bench.process.ChildProcess;
import hak.bench.process.JsonLine;
import java.util.List;
import java.util.Map;

/**
 * A process that replays on request, which is an {@link Ask} and an {@link Answer}, each a line of
 * JSON.
 */
final class ReplayProcess implements Contestant {
  private final ChildProcess child;

  private ReplayProcess(ChildProcess child) {
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
    return new ReplayProcess(ChildProcess.start("peer " + name, command, environment));
  }

  @Override
  public void warmUp(int target) {
    ask(Ask.Kind.WARM_UP, target);
  }

  @Override
  public long round(int target) {
    return ask(Ask.Kind.ROUND, target).nanos();
  }

  @Override
  public Long peakBytes(int target) {
    return ask(Ask.Kind.MEMORY, target).peakBytes();
  }

  @Override
  public long callSum() {
    return ask(Ask.Kind.CALL_SUM, 0).callSum();
  }

  private Answer ask(Ask.Kind kind, int target) {
    return JsonLine.parse(child.ask(JsonLine.of(new Ask(kind, target))), Answer.class);
  }

  @Override
  public void close() {
    child.close();
  }
}
