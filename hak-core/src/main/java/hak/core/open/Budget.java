package hak.core.open;

import hak.core.limits.MemoryBound;
import hak.core.limits.SystemLimits;
import hak.core.memory.KeepBudget;
import hak.core.profile.StackOptions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The byte budget of a stack: how much free memory it keeps, from {@code stack.budget} and from
 * what the system allows the process.
 *
 * @param keeps what is counted and bounded
 * @param text the bound and where it comes from, for reports; empty when there is none
 */
record Budget(KeepBudget keeps, String text) {
  private static final System.Logger LOGGER = System.getLogger("hak");

  /** By default the free memory of a process is this part of what it may use at most. */
  private static final int PART = 8;

  /** What the stacks of this process keep whose budget comes from its limit: it is one limit. */
  private static final KeepBudget.Kept KEPT_BY_PROCESS = new KeepBudget.Kept();

  /** Whether somebody was told that a budget is more than there is. */
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  /**
   * The budget of a stack.
   *
   * @param profile its name, for the warning
   * @param superslabPercent the part of it that is for superslabs, asked whenever one is kept
   */
  static Budget of(
      StackOptions options, SystemLimits limits, String profile, LongSupplier superslabPercent) {
    long wanted = options.budgetBytes();
    if (wanted == StackOptions.BUDGET_OFF) {
      return none();
    }
    Optional<MemoryBound> limit = limits.memory();
    if (wanted != StackOptions.BUDGET_AUTO) {
      boolean fits = limit.isEmpty() || wanted <= limit.get().bytes();
      if (fits) {
        return new Budget(
            KeepBudget.of(wanted, new KeepBudget.Kept(), superslabPercent),
            inMib(wanted) + " (stack.budget)");
      }
      tell(wanted, limit.get(), profile);
    }
    return limit.map(bound -> partOf(bound, superslabPercent)).orElseGet(Budget::none);
  }

  private static Budget none() {
    return new Budget(KeepBudget.none(), "");
  }

  private static Budget partOf(MemoryBound limit, LongSupplier superslabPercent) {
    long bytes = limit.bytes() / PART;
    return new Budget(
        KeepBudget.of(bytes, KEPT_BY_PROCESS, superslabPercent),
        String.format(
            "%s, an eighth of the %s that the process may use (%s)",
            inMib(bytes), inMib(limit.bytes()), limit.source()));
  }

  private static void tell(long wanted, MemoryBound limit, String profile) {
    if (TOLD.compareAndSet(false, true)) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          String.format(
              "allocator '%s': stack.budget of %s is more than the %s that the process may use"
                  + " (%s), so the budget is an eighth of that",
              profile, inMib(wanted), inMib(limit.bytes()), limit.source()));
    }
  }

  private static String inMib(long bytes) {
    return String.format("%,d MiB", bytes >> 20);
  }
}
