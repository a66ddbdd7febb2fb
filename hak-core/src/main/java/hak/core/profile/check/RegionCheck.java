package hak.core.profile.check;

import hak.core.memory.PageRuns;
import hak.core.profile.Problem;
import hak.core.profile.StackOptions;
import hak.core.spi.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Says in words, and with the arithmetic, why a stack does not fit into its region. */
final class RegionCheck {
  /** Offsets within a heap are numbers of an int. */
  private static final long MAX_HEAP_BYTES = 1L << 30;

  private final RegionPlan plan;
  private final HeapLayout layout;

  private RegionCheck(RegionPlan plan, HeapLayout layout) {
    this.plan = plan;
    this.layout = layout;
  }

  /** What is wrong with a plan; nothing when a stack can be built by it. */
  static Optional<Problem> of(RegionPlan plan, HeapLayout layout) {
    return new RegionCheck(plan, layout).problem();
  }

  private Optional<Problem> problem() {
    if (layout.heapBytes() > MAX_HEAP_BYTES) {
      String limit = String.format("; at most %,d B are possible", MAX_HEAP_BYTES);
      return refuse("stack", heapInWords() + limit);
    }
    if (plan.isWorkable()) {
      return Optional.empty();
    }
    RegionPlan withoutHeaps = plan.withHeaps(0, 0);
    return withoutHeaps.isWorkable() ? tooManyThreads() : tooLittle(withoutHeaps);
  }

  private static Optional<Problem> refuse(String path, String message) {
    return Optional.of(new Problem(path, message));
  }

  private Optional<Problem> tooLittle(RegionPlan withoutHeaps) {
    if (plan.usableBytes() <= 0) {
      return refuse(
          "stack.start",
          String.format(
              "start %,d B is not below region %,d B", plan.startBytes(), plan.regionBytes()));
    }
    return refuse(
        "stack.start",
        String.format(
            "start %,d B leaves %,d B of region %,d B; a stack needs %,d B, and no less than twice"
                + " its metadata of %,d B",
            plan.startBytes(),
            plan.usableBytes(),
            plan.regionBytes(),
            StackOptions.REGION.min(),
            withoutHeaps.metadataBytes()));
  }

  private Optional<Problem> tooManyThreads() {
    RegionPlan.Heaps heaps = plan.heaps();
    return refuse(
        "stack.threads",
        String.format(
            "%s; %,d threads and %,d heaps that all others share make %,d B, with other metadata"
                + " %,d B, more than half of the region's %,d B; %s",
            heapInWords(),
            heaps.own(),
            heaps.shared(),
            heaps.bytes(),
            plan.metadataBytes(),
            plan.usableBytes(),
            whatWouldHelp()));
  }

  private String heapInWords() {
    Map.Entry<String, Long> largest =
        layout.bytesByBox().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    return String.format(
        "a thread heap takes %,d B ('%s' %,d B of it)",
        layout.heapBytes(), largest.getKey(), largest.getValue());
  }

  private String whatWouldHelp() {
    List<String> ways = new ArrayList<>();
    LongStream.iterate(
            plan.regionBytes(),
            bytes -> bytes <= StackOptions.REGION.max(),
            bytes -> bytes + PageRuns.SUPERSLAB_BYTES)
        .filter(bytes -> plan.withRegionBytes(bytes).isWorkable())
        .findFirst()
        .ifPresent(bytes -> ways.add(option(StackOptions.REGION, ">=", bytes)));
    long most = mostThreads();
    if (most > 0) {
      ways.add(option(StackOptions.THREADS, "<=", most));
    }
    ways.add("smaller boxes");
    return String.join(", or ", ways) + " would do";
  }

  private static String option(Option option, String relation, long value) {
    return option.name() + " " + relation + " " + option.show(value);
  }

  /** For how many threads there is room beside the shared heaps; 0 when for none. */
  private long mostThreads() {
    long fits = 0;
    long tooMany = plan.heaps().own();
    while (tooMany - fits > 1) {
      long middle = (fits + tooMany) / 2;
      if (plan.withHeaps(middle, plan.heaps().shared()).isWorkable()) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return fits;
  }
}
