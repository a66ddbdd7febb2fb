package hak.policy;

import hak.core.spi.BoxContext;
import hak.core.spi.BoxProvider;
import hak.core.spi.FreeGuard;
import hak.core.spi.FreeGuardProvider;
import hak.core.spi.HeapSpace;
import hak.core.spi.LargeTier;
import hak.core.spi.LargeTierProvider;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import hak.core.spi.SuperslabSource;
import hak.core.spi.SuperslabSourceProvider;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;
import java.util.Set;

/**
 * Providers with the ids of real boxes, and some that need and exclude others; none can be made.
 */
public final class StubBoxes {
  private StubBoxes() {}

  /** What all have in common. */
  abstract static class Stub implements BoxProvider {
    private final String id;
    private final List<Option> options;

    Stub(String id, Option... options) {
      this.id = id;
      this.options = List.of(options);
    }

    /** For {@code throw}, in place of a box. */
    final UnsupportedOperationException notMade() {
      return new UnsupportedOperationException("box '" + id + "' is a stub");
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String summary() {
      return "stub";
    }

    @Override
    public List<Option> options() {
      return options;
    }
  }

  /** A size tier with a choice. */
  public static final class Tiny extends Stub implements SizeTierProvider {
    /** For the service loader. */
    public Tiny() {
      super(
          "tiny",
          Option.choice("classes", List.of("fine", "pow2"), "Sizes."),
          Option.bytes("largest", 64, 8192, 1024, "Largest block."));
    }

    @Override
    public int[] blockBytes(Settings settings) {
      return settings.choice("classes").equals("fine")
          ? new int[] {8, 16, 24, 32}
          : new int[] {8, 16, 32};
    }

    @Override
    public SizeTier create(BoxContext context) {
      throw notMade();
    }
  }

  /** A size tier with the option that the shipped profiles set. */
  public static final class Mid extends Stub implements SizeTierProvider {
    /** For the service loader. */
    public Mid() {
      super("mid", Option.bytes("largest", 2 << 10, 256 << 10, 32 << 10, "Largest block."));
    }

    @Override
    public int[] blockBytes(Settings settings) {
      return new int[] {64, 128};
    }

    @Override
    public SizeTier create(BoxContext context) {
      throw notMade();
    }
  }

  /** A large tier with an amount of bytes. */
  public static final class Large extends Stub implements LargeTierProvider {
    /** For the service loader. */
    public Large() {
      super("large", Option.bytes("largest", 1024, 4096, 2048, "Largest block."));
    }

    @Override
    public long largestBytes(Settings settings) {
      return settings.number("largest");
    }

    @Override
    public LargeTier create(BoxContext context) {
      throw notMade();
    }
  }

  /** A large tier that may serve no more than {@link Large}. */
  public static final class Big extends Stub implements LargeTierProvider {
    /** For the service loader. */
    public Big() {
      super("big");
    }

    @Override
    public long largestBytes(Settings settings) {
      return 4096;
    }

    @Override
    public LargeTier create(BoxContext context) {
      throw notMade();
    }
  }

  /** A cache with the options that shipped profiles set. */
  public static final class TlsSll extends Stub implements ThreadCacheProvider {
    /** For the service loader. */
    public TlsSll() {
      super(
          "tls-sll",
          Option.count("capacity", "blocks", 1, 1024, 256, "Most blocks."),
          Option.bytes("bytes", 8, 1 << 30, 64 << 10, "Most bytes."));
    }

    @Override
    public ThreadCache create(BoxContext context) {
      throw notMade();
    }
  }

  /** A cache with every kind of option. */
  public static final class RingCache extends Stub implements ThreadCacheProvider {
    /** For the service loader. */
    public RingCache() {
      super(
          "ring-cache",
          Option.count("capacity", "blocks", 1, 4096, 64, "Most blocks."),
          Option.bytes("bytes", 8, 1 << 30, 64 << 10, "Most bytes."),
          Option.flag("lifo", true, "Order."),
          Option.choice("full", List.of("refuse", "spill"), "What a full ring does."),
          Option.list("words", "words", RingCache::requireWord, "Some words."));
    }

    private static void requireWord(String text) {
      if (!text.matches("[a-z]+")) {
        throw new IllegalArgumentException("'" + text + "' is no word");
      }
    }

    @Override
    public HeapSpace heapSpace(Settings settings, int layers) {
      return HeapSpace.perClass(8 * settings.integer("capacity"));
    }

    @Override
    public ThreadCache create(BoxContext context) {
      throw notMade();
    }
  }

  /** A cache without options. */
  public static final class Noop extends Stub implements ThreadCacheProvider {
    /** For the service loader. */
    public Noop() {
      super("noop");
    }

    @Override
    public ThreadCache create(BoxContext context) {
      throw notMade();
    }
  }

  /** A source. */
  public static final class SsReuse extends Stub implements SuperslabSourceProvider {
    /** For the service loader. */
    public SsReuse() {
      super("ss-reuse");
    }

    @Override
    public SuperslabSource create(BoxContext context) {
      throw notMade();
    }
  }

  /** A guard. */
  public static final class ExternalGuard extends Stub implements FreeGuardProvider {
    /** For the service loader. */
    public ExternalGuard() {
      super("external-guard");
    }

    @Override
    public FreeGuard create(BoxContext context) {
      throw notMade();
    }
  }

  /** A guard that needs {@link FrontMetrics} and excludes {@link TlsSll}. */
  public static final class Picky extends Stub implements FreeGuardProvider {
    /** For the service loader. */
    public Picky() {
      super("picky");
    }

    @Override
    public Set<String> requires() {
      return Set.of("front-metrics");
    }

    @Override
    public Set<String> excludes() {
      return Set.of("tls-sll");
    }

    @Override
    public FreeGuard create(BoxContext context) {
      throw notMade();
    }
  }

  /** A cache with no blocks of its own, in front of those that have, and with no guard. */
  public static final class Runner extends Stub implements ThreadCacheProvider {
    /** For the service loader. */
    public Runner() {
      super("runner");
    }

    @Override
    public Set<String> provides() {
      return Set.of();
    }

    @Override
    public Set<String> requires() {
      return Set.of(CACHED_BLOCKS);
    }

    @Override
    public Set<String> before() {
      return Set.of(CACHED_BLOCKS);
    }

    @Override
    public Set<String> excludes() {
      return Set.of(FreeGuardProvider.GUARDED_FREES);
    }

    @Override
    public ThreadCache create(BoxContext context) {
      throw notMade();
    }
  }

  /** An observer. */
  public static final class FrontMetrics extends Stub implements ObserverProvider {
    /** For the service loader. */
    public FrontMetrics() {
      super("front-metrics");
    }

    @Override
    public Observer create(BoxContext context) {
      throw notMade();
    }
  }
}
