package hak.learn.pattern;

import java.util.List;
import java.util.Map;

/**
 * What a call takes when a tier serves it, by the pattern of the class, in parts of what it takes
 * with {@code tiny}: measured on blocks of 257 B to 1 KiB without a cache; of several runs and
 * sizes the least favourable to a change (of {@code mid}, which profiles have, the best), and 1
 * where runs do not agree that it is less. See docs/DECISIONS.md, "Routes by pattern".
 */
public final class RouteFigures {
  /** Blocks of more than this were measured, in bytes. */
  public static final int ABOVE_BYTES = 256;

  /** Blocks of no more than this were measured, in bytes. */
  public static final int UP_TO_BYTES = 1 << 10;

  /** The providers are size tiers, by the ids of their boxes. */
  public static final RouteCosts COSTS =
      new RouteCosts(
          List.of(
              "tiny", "mid", "mid-v35", "mid-ultra", "mid-separate", "small-mid-slabs", "bitmap"),
          Map.of(
              Pattern.STEADY, List.of(1.0, 2.0, 1.4, 0.82, 1.4, 1.4, 1.6),
              Pattern.WAVE, List.of(1.0, 2.2, 1.3, 0.75, 1.1, 1.1, 1.0),
              Pattern.GROWTH, List.of(1.0, 1.9, 1.9, 4.7, 1.2, 1.2, 1.0),
              Pattern.SPARSE, List.of(1.0, 2.1, 2.7, 3.2, 2.4, 2.1, 1.1),
              Pattern.MIXED, List.of(1.0, 2.6, 1.4, 1.2, 1.4, 1.4, 1.1)));

  private RouteFigures() {}
}
