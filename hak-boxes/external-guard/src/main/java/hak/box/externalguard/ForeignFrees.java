package hak.box.externalguard;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The foreign frees of one stack, by call site and by what is mapped at their addresses. Any thread
 * may call.
 */
final class ForeignFrees {
  /**
   * Call sites told apart; further ones are counted together, so a hostile program cannot fill the
   * heap.
   */
  private static final int MAX_SITES = 1000;

  private static final int SITES_SHOWN = 5;
  private static final String OTHER_SITES = "other call sites";

  private final Map<String, Long> bySite = new HashMap<>();
  private final Map<MappingState, Long> byState = new EnumMap<>(MappingState.class);
  private long count;

  /** Counts a free and returns how many there were. */
  synchronized long add(String site, MappingState state) {
    String counted = bySite.size() < MAX_SITES || bySite.containsKey(site) ? site : OTHER_SITES;
    bySite.merge(counted, 1L, Long::sum);
    byState.merge(state, 1L, Long::sum);
    count++;
    return count;
  }

  /** How many there were. */
  synchronized long count() {
    return count;
  }

  /** The counts in words, call sites with the most first. */
  synchronized String report(String profile) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "allocator '%s': %,d foreign frees, none of them done; by address %s",
            profile, count, byState));
    bySite.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SITES_SHOWN)
        .forEach(
            site -> text.append(String.format("%n  %,d from %s", site.getValue(), site.getKey())));
    return text.toString();
  }
}
