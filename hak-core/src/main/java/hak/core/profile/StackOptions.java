package hak.core.profile;

import hak.core.memory.KeepBudget;
import hak.core.memory.MemoryLimit;
import hak.core.spi.Option;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of {@code [stack]}: what can be set of a stack whatever its boxes. A value; making
 * one checks no range (see {@code Hak.check}).
 *
 * <p>A further option is a line of {@link #ALL}: profiles, their errors, their text and inheritance
 * follow from there.
 *
 * @param values a number for each option, by its name, in its unit
 */
public record StackOptions(Map<String, Long> values) {
  /** How much of the reservation is used. */
  public static final Option REGION =
      Option.bytes(
          "region",
          64L << 20,
          32L << 30,
          32L << 30,
          "Address space that the stack uses, the most it can hold below the big tier.");

  /** Where in the reservation the stack begins. */
  public static final Option START =
      Option.bytes(
          "start",
          0,
          REGION.max() - (2L << 20),
          0,
          "Leave this much of the region unused, from its bottom on and in whole 2 MiB: for tests"
              + " of what lies far from the base.");

  /** Where huge pages begin. */
  public static final Option HUGE_FROM =
      Option.bytes(
          "huge-from",
          0,
          REGION.max(),
          16L << 20,
          "Ask for huge pages in what a stack takes beyond this much, and 8 MiB more for each"
              + " thread heap after the first; small programs and threads that wait stay small.");

  /** How many threads are sure of a heap. */
  public static final Option THREADS =
      Option.count(
          "threads",
          "threads",
          1,
          1 << 16,
          256,
          "Living platform threads that are sure to get a heap of their own.");

  /** The most memory that the stack holds. */
  public static final Option LIMIT =
      Option.bytes(
          "limit",
          0,
          1L << 46,
          0,
          "Most memory that the stack holds, all of it: superslabs in use or kept, blocks above"
              + " them, thread heaps, tables. 0 B = no limit.");

  /** Where the stack begins to give back before it takes more. */
  public static final Option SOFT_LIMIT =
      Option.bytes(
          "soft-limit",
          0,
          1L << 46,
          0,
          "Beyond this much memory the stack gives back what it keeps for later before it takes"
              + " more. 0 B = none.");

  /** In place of a budget: a part of what the process may use. */
  public static final long BUDGET_AUTO = -1;

  /** In place of a budget: none. */
  public static final long BUDGET_OFF = -2;

  /** How much free memory is kept. */
  public static final Option BUDGET =
      Option.bytes(
              "budget",
              0,
              1L << 46,
              0,
              "Most free memory that the stack keeps for later, superslabs and big blocks, whatever"
                  + " its boxes are set to. auto = an eighth of what the"
                  + " process may use by its control groups and RLIMIT_AS, for all such stacks of"
                  + " the process together, no bound without such a limit. off = no bound.")
          .withWord("auto", BUDGET_AUTO)
          .withWord("off", BUDGET_OFF)
          .withDefault(BUDGET_AUTO);

  /** How the budget is divided. */
  public static final Option BUDGET_SUPERSLABS =
      Option.count(
          "budget-superslabs",
          "%",
          0,
          100,
          KeepBudget.USUAL_PERCENT,
          "The part of the budget that is for superslabs; the rest is for big blocks.");

  /** When memory goes back by itself. */
  public static final Option PURGE_DELAY =
      Option.count(
          "purge-delay",
          "ms",
          0,
          3_600_000,
          0,
          "Give memory back by itself that has been free for so long; a thread of the JVM looks"
              + " twice in that time at stacks that hold more than 16 MiB. 0 ms = only on trim().");

  /** Every option, in the order in which profiles are written. */
  public static final List<Option> ALL =
      List.of(
          REGION,
          START,
          HUGE_FROM,
          THREADS,
          LIMIT,
          SOFT_LIMIT,
          BUDGET,
          BUDGET_SUPERSLABS,
          PURGE_DELAY);

  /** Those that learners may set while a stack runs. */
  public static final List<Option> TURNABLE = List.of(BUDGET_SUPERSLABS, PURGE_DELAY);

  /** All options at their defaults. */
  public static final StackOptions DEFAULTS = new StackOptions(Map.of());

  /**
   * Copies the values and fills the defaults in.
   *
   * @throws IllegalArgumentException for a name that no option has
   */
  public StackOptions {
    Map<String, Long> all = new TreeMap<>();
    ALL.forEach(option -> all.put(option.name(), (Long) option.defaultValue()));
    values.forEach((name, value) -> {
      if (all.replace(name, value) == null) {
        throw new IllegalArgumentException("no option '" + name + "' in [stack]");
      }
    });
    values = Map.copyOf(all);
  }

  /** The key of an option in a profile: {@code stack.limit}. */
  public static String path(Option option) {
    return "stack." + option.name();
  }

  /** The value of an option of {@link #ALL}, in its unit. */
  public long number(Option option) {
    return values.get(option.name());
  }

  /** The same options with one of {@link #ALL} set. */
  public StackOptions with(Option option, long value) {
    Map<String, Long> changed = new TreeMap<>(values);
    changed.put(option.name(), value);
    return new StackOptions(changed);
  }

  /** How much address space to use; the most the stack can hold. */
  public long regionBytes() {
    return number(REGION);
  }

  /** How much of the region is left unused, from its bottom on. */
  public long startBytes() {
    return number(START);
  }

  /** Data beyond this much of it asks for huge pages. */
  public long hugeFromBytes() {
    return number(HUGE_FROM);
  }

  /** How many living platform threads are sure to get a heap of their own. */
  public long threads() {
    return number(THREADS);
  }

  /** The most memory that the stack holds; {@link MemoryLimit#NONE} = as much as there is. */
  public long limitBytes() {
    return limit(LIMIT);
  }

  /** Beyond this much memory it gives back before it takes; {@link MemoryLimit#NONE} = never. */
  public long softLimitBytes() {
    return limit(SOFT_LIMIT);
  }

  private long limit(Option option) {
    long bytes = number(option);
    return bytes == 0 ? MemoryLimit.NONE : bytes;
  }

  /** How much free memory is kept; or {@link #BUDGET_AUTO} or {@link #BUDGET_OFF}. */
  public long budgetBytes() {
    return number(BUDGET);
  }

  /** How long memory is free before it goes back by itself; 0 = it does not. */
  public long purgeDelayMillis() {
    return number(PURGE_DELAY);
  }
}
