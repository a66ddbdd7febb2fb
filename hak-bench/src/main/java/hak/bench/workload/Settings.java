package hak.bench.workload;

import hak.core.spi.Option;
import java.util.HashMap;
import java.util.Map;

/** The values of a workload's parameters: those that were set, and the defaults of the others. */
final class Settings {
  private final Map<String, Long> set;

  Settings(Map<String, Long> set) {
    this.set = Map.copyOf(set);
  }

  boolean has(String name) {
    return set.containsKey(name);
  }

  /** The same with one more value, in the place of the one that was set before. */
  Settings with(String name, long value) {
    Map<String, Long> more = new HashMap<>(set);
    more.put(name, value);
    return new Settings(more);
  }

  /** A value; all of them fit an int. */
  int get(Option parameter) {
    return Math.toIntExact(set.getOrDefault(parameter.name(), (Long) parameter.defaultValue()));
  }
}
