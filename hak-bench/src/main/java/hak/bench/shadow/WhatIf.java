package hak.bench.shadow;

import hak.bench.Workload;
import hak.bench.shadow.WhatIfReport.ClassRow;
import hak.bench.shadow.WhatIfReport.Row;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.learn.cache.CacheCounts;
import hak.learn.cache.CacheShadow;
import hak.learn.cache.CapacityPlan;
import java.util.ArrayList;
import java.util.List;

/** Asks what caches of other capacities would have done with the calls of a workload. */
public final class WhatIf {
  /** The option of {@code tls-sll} that has a capacity for each size class. */
  private static final String CAPACITIES = "capacities";

  private WhatIf() {}

  /**
   * Asks.
   *
   * @param profile can be opened
   * @param budgetBytes what the caches of all threads may hold at a time, 0 or more
   * @throws IllegalArgumentException if the budget is below 0
   */
  public static WhatIfReport ask(Profile profile, Workload workload, long budgetBytes) {
    CacheTable table = CacheTable.of(profile);
    CacheShadow shadow = table.shadow();
    CallWalk.walk(workload.program(), table.classes(), callsTo(shadow));
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < shadow.capacities(); k++) {
      CacheCounts counts = shadow.counts(k);
      rows.add(
          new Row(
              shadow.capacity(k), counts.hitRate(), counts.takenRate(), shadow.peakHeldBytes(k)));
    }
    CapacityPlan plan = CapacityPlan.of(shadow, budgetBytes);
    CacheCounts all = shadow.counts(0);
    return new WhatIfReport(
        profile.name(),
        workload.name(),
        table.capacity(),
        budgetBytes,
        all.allocations(),
        all.frees(),
        rows,
        best(rows, budgetBytes),
        classRows(shadow, plan),
        all.allocations() == 0 ? 0 : (double) plan.hits() / all.allocations(),
        plan.heldBytes());
  }

  static Calls callsTo(CacheShadow shadow) {
    return new Calls() {
      @Override
      public int allocate(int thread, int sizeClass, long size) {
        shadow.allocate(thread, sizeClass);
        return 0;
      }

      @Override
      public void free(int thread, int sizeClass, int block) {
        shadow.free(thread, sizeClass);
      }
    };
  }

  /** The one that hits most within the budget; of equal ones the smallest. */
  private static int best(List<Row> rows, long budgetBytes) {
    Row best = rows.getFirst();
    for (Row row : rows) {
      if (row.heldBytes() <= budgetBytes && row.hitRate() > best.hitRate()) {
        best = row;
      }
    }
    return best.capacity();
  }

  private static List<ClassRow> classRows(CacheShadow shadow, CapacityPlan plan) {
    List<ClassRow> rows = new ArrayList<>();
    for (int sizeClass = 1; sizeClass <= shadow.lastClass(); sizeClass++) {
      long allocations = shadow.allocations(sizeClass);
      if (allocations > 0) {
        int k = plan.levels()[sizeClass];
        rows.add(
            new ClassRow(
                shadow.blockBytes(sizeClass),
                allocations,
                shadow.capacity(k),
                (double) shadow.hits(sizeClass, k) / allocations,
                shadow.peakHeld(sizeClass, k) * shadow.blockBytes(sizeClass)));
      }
    }
    return rows;
  }

  /**
   * The profile with the plan of a report: {@code tls-sll} with a capacity for each size class that
   * was used, or without it where none is worth a byte. Classes that were not used keep what they
   * had.
   */
  public static Profile profileOf(Profile profile, WhatIfReport report) {
    boolean cached = report.plan().stream().anyMatch(row -> row.capacity() > 0);
    if (!cached) {
      return profile.has(CacheTable.CACHE) ? profile.without(CacheTable.CACHE) : profile;
    }
    Profile with =
        profile.has(CacheTable.CACHE)
            ? profile
            : profile.withMore(Section.CACHES, CacheTable.CACHE);
    return with.withSetting(
        CacheTable.CACHE,
        CAPACITIES,
        report.plan().stream()
            .map(row -> row.blockBytes() + " B = " + row.capacity() + " blocks")
            .toList());
  }
}
