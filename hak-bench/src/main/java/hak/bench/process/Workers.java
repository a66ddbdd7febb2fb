package hak.bench.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Several processes that do the same, numbered from 0. Closing ends those that still run. */
public final class Workers implements AutoCloseable {
  private final List<ChildProcess> children = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param command the command line of each
   */
  public Workers(int count, IntFunction<List<String>> command) {
    try {
      for (int worker = 0; worker < count; worker++) {
        children.add(ChildProcess.start("worker " + worker, command.apply(worker), Map.of()));
      }
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** One of them. */
  public ChildProcess get(int worker) {
    return children.get(worker);
  }

  /** All of them. */
  public List<ChildProcess> all() {
    return List.copyOf(children);
  }

  /** One that has ended with an exit status other than 0. */
  public Optional<ChildProcess> lost() {
    return children.stream().filter(ChildProcess::hasFailed).findFirst();
  }

  @Override
  public void close() {
    children.forEach(child -> child.handle().destroy());
    children.forEach(ChildProcess::close);
  }
}
