package hak.bench.workload;

import hak.core.spi.Option;

/** Parameters that several workloads have. */
final class Parameters {
  /** Name of the parameter that says how many threads there are; every workload has it. */
  static final String THREADS = "threads";

  private static final int MOST_SLOTS = 1 << 20;
  private static final int MOST_STEPS = 1 << 26;

  private Parameters() {}

  /** Threads that all replay the same program. */
  static Option copies() {
    return Option.count(THREADS, THREADS, 1, 1024, 1, "Each replays its own copy.");
  }

  /** Threads that do different things, two by default. */
  static Option threads(String text) {
    return Option.count(THREADS, THREADS, 1, 64, 2, text);
  }

  static Option slots(long defaultValue) {
    return Option.count(
        "slots", "slots", 1, MOST_SLOTS, defaultValue, "Places for a block, of each thread.");
  }

  static Option steps(long defaultValue) {
    return Option.count(
        "steps",
        "steps",
        1,
        MOST_STEPS,
        defaultValue,
        "How often a slot is picked, by each thread.");
  }

  static Option min(long mostBytes, long defaultValue) {
    return Option.bytes("min", 1, mostBytes, defaultValue, "The smallest size.");
  }

  static Option max(long mostBytes, long defaultValue) {
    return Option.bytes("max", 1, mostBytes, defaultValue, "The largest size.");
  }
}
