package hak.policy;

import hak.core.spi.Box;
import hak.core.spi.BoxContext;
import hak.core.spi.BoxProvider;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Role;
import hak.core.spi.Settings;
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
    private final Role role;
    private final List<Option> options;

    Stub(String id, Role role, Option... options) {
      this.id = id;
      this.role = role;
      this.options = List.of(options);
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Role role() {
      return role;
    }

    @Override
    public String summary() {
      return "stub";
    }

    @Override
    public List<Option> options() {
      return options;
    }

    @Override
    public Box create(BoxContext context) {
      throw new UnsupportedOperationException();
    }
  }

  /** A size tier with a choice. */
  public static final class Tiny extends Stub {
    /** For the service loader. */
    public Tiny() {
      super(
          "tiny",
          Role.SIZE_TIER,
          Option.choice("classes", List.of("fine", "pow2"), "Sizes."),
          Option.bytes("largest", 64, 8192, 1024, "Largest block."));
    }

    @Override
    public int[] blockBytes(Settings settings) {
      return settings.choice("classes").equals("fine")
          ? new int[] {8, 16, 24, 32}
          : new int[] {8, 16, 32};
    }
  }

  /** A size tier without options. */
  public static final class Mid extends Stub {
    /** For the service loader. */
    public Mid() {
      super("mid", Role.SIZE_TIER);
    }

    @Override
    public int[] blockBytes(Settings settings) {
      return new int[] {64, 128};
    }
  }

  /** A large tier with an amount of bytes. */
  public static final class Large extends Stub {
    /** For the service loader. */
    public Large() {
      super("large", Role.LARGE_TIER, Option.bytes("largest", 1024, 4096, 2048, "Largest block."));
    }

    @Override
    public long largestBytes(Settings settings) {
      return settings.number("largest");
    }
  }

  /** A large tier that may serve no more than {@link Large}. */
  public static final class Big extends Stub {
    /** For the service loader. */
    public Big() {
      super("big", Role.LARGE_TIER);
    }

    @Override
    public long largestBytes(Settings settings) {
      return 4096;
    }
  }

  /** A cache with a count. */
  public static final class TlsSll extends Stub {
    /** For the service loader. */
    public TlsSll() {
      super(
          "tls-sll", Role.CACHE, Option.count("capacity", "blocks", 1, 1024, 256, "Most blocks."));
    }
  }

  /** A cache with every kind of option. */
  public static final class RingCache extends Stub {
    /** For the service loader. */
    public RingCache() {
      super(
          "ring-cache",
          Role.CACHE,
          Option.count("capacity", "blocks", 1, 4096, 64, "Most blocks."),
          Option.bytes("bytes", 8, 1 << 30, 64 << 10, "Most bytes."),
          Option.flag("lifo", true, "Order."),
          Option.choice("full", List.of("refuse", "spill"), "What a full ring does."));
    }

    @Override
    public HeapSpace heapSpace(Settings settings, int layers) {
      return HeapSpace.perClass(8 * settings.integer("capacity"));
    }
  }

  /** A cache without options. */
  public static final class Noop extends Stub {
    /** For the service loader. */
    public Noop() {
      super("noop", Role.CACHE);
    }
  }

  /** A source. */
  public static final class SsReuse extends Stub {
    /** For the service loader. */
    public SsReuse() {
      super("ss-reuse", Role.SUPERSLAB_SOURCE);
    }
  }

  /** A guard. */
  public static final class ExternalGuard extends Stub {
    /** For the service loader. */
    public ExternalGuard() {
      super("external-guard", Role.GUARD);
    }
  }

  /** A guard that needs {@link FrontMetrics} and excludes {@link TlsSll}. */
  public static final class Picky extends Stub {
    /** For the service loader. */
    public Picky() {
      super("picky", Role.GUARD);
    }

    @Override
    public Set<String> requires() {
      return Set.of("front-metrics");
    }

    @Override
    public Set<String> excludes() {
      return Set.of("tls-sll");
    }
  }

  /** An observer. */
  public static final class FrontMetrics extends Stub {
    /** For the service loader. */
    public FrontMetrics() {
      super("front-metrics", Role.OBSERVER);
    }
  }
}
