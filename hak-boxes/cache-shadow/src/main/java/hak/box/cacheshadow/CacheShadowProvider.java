package hak.box.cacheshadow;

import hak.core.memory.Round;
import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.HeapSpace;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;

/** Names the observer. */
public final class CacheShadowProvider implements ObserverProvider {
  private static final String CAPACITIES = "capacities";
  private static final String BURST = "burst";
  private static final String INTERVAL = "interval";
  private static final int MOST_BLOCKS = 1 << 15;
  private static final int MOST_CALLS = 1 << 30;

  /** What is looked at where nothing is set. */
  private static final List<String> USUAL = List.of("8", "32", "128", "512");

  private static final Option CAPACITY =
      Option.count(CAPACITIES, "blocks", 1, MOST_BLOCKS - 1, 32, "A capacity.");

  @Override
  public String id() {
    return "cache-shadow";
  }

  @Override
  public String summary() {
    return "says what thread caches of other capacities would have done, from bursts of calls";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.list(
            CAPACITIES,
            "capacities in blocks, 1 to 32767",
            CAPACITY::parse,
            "Capacities that are looked at, each once; without any 8, 32, 128 and 512."),
        Option.bytes(
            CacheBounds.BYTES,
            8,
            1 << 30,
            64 << 10,
            "Most bytes of one size class that such a cache would keep."),
        Option.count(
            BURST, "calls", 1, MOST_CALLS, 4096, "Calls of a thread that are looked at in a row."),
        Option.count(
            INTERVAL,
            "calls",
            1,
            MOST_CALLS,
            1 << 22,
            "Calls from one burst to the next, on average; it is drawn anew each time."));
  }

  private static int[] capacities(Settings settings) {
    List<String> set = settings.list(CAPACITIES);
    return (set.isEmpty() ? USUAL : set)
        .stream()
            .mapToInt(text -> Math.toIntExact((Long) CAPACITY.parse(text)))
            .sorted()
            .distinct()
            .toArray();
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    int capacities = capacities(settings).length;
    return new HeapSpace(
        SampledShadow.cellBytes(capacities),
        (int) Round.up(SampledShadow.sumsBytes(capacities), HeapSpace.LINE_BYTES));
  }

  @Override
  public Observer create(BoxContext context) {
    Settings settings = context.settings();
    int[] capacities = capacities(settings);
    return new SampledShadow(
        context.memory(),
        context.perHeap(SampledShadow.sumsBytes(capacities.length)),
        context.perClass(SampledShadow.cellBytes(capacities.length)),
        context.caches(),
        capacities,
        rooms(capacities, settings.number(CacheBounds.BYTES), context.sizeClasses()),
        settings.integer(BURST),
        settings.integer(INTERVAL));
  }

  private static int[] rooms(int[] capacities, long bytes, SizeClasses classes) {
    int[] rooms = new int[(classes.last() + 1) * capacities.length];
    for (int sizeClass = 1; sizeClass <= classes.last(); sizeClass++) {
      for (int k = 0; k < capacities.length; k++) {
        rooms[sizeClass * capacities.length + k] =
            (int) Math.min(capacities[k], bytes / classes.bytes(sizeClass));
      }
    }
    return rooms;
  }
}
