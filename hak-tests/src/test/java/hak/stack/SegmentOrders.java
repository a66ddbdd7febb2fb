package hak.stack;

import hak.core.HakAllocator;
import hak.testkit.FailingVirtualMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Goes through all orders in which a segment's owner, its allocator and the references to them can
 * come to their end, with omissions, and reads the segment in between and at the end: for each way
 * to get a segment, on two stacks. A program of its own, because what it shows when it fails is a
 * crash of the JVM; the last line that it printed says in which order.
 *
 * <p>Orders go in batches. In each, all do what comes before the garbage collection, then one
 * collects for all, then they go on. Of three orders one is tried, at random which, or all of them
 * with {@code -Dhak.test.everyOrder=true}.
 */
final class SegmentOrders {
  private static final String EVERY_ORDER_KEY = "hak.test.everyOrder";
  private static final boolean EVERY_ORDER = Boolean.getBoolean(EVERY_ORDER_KEY);
  private static final int ORDERS_FOR_ONE = 3;
  private static final int BATCH = 250;
  private static final byte WRITTEN = 7;

  /** How a segment is got, and its sizes: a small block, a run of pages, a mapping of its own. */
  private enum Kind {
    SMALL,
    RUN,
    MAPPING,
    CONFINED_ARENA,
    SHARED_ARENA;

    List<Long> sizes() {
      return switch (this) {
        case SMALL -> List.of(100L);
        case RUN -> List.of(300_000L);
        case MAPPING -> List.of(5L << 20);
        case CONFINED_ARENA, SHARED_ARENA -> List.of(100L, 300_000L, 5L << 20);
      };
    }

    boolean isArena() {
      return this == CONFINED_ARENA || this == SHARED_ARENA;
    }
  }

  private enum Step {
    /** Frees the segment, or closes its arena. */
    END,
    CLOSE,
    DROP_ALLOCATOR,
    DROP_ARENA,
    COLLECT,
    ACCESS
  }

  /** One order: what it holds, and what is known of it. */
  private static final class Order {
    final TestStack stack;
    final Kind kind;
    final List<Step> steps;
    final List<MemorySegment> segments = new ArrayList<>();
    HakAllocator allocator;
    Arena arena;
    boolean closed;
    boolean ended;
    int done;

    Order(TestStack stack, Kind kind, List<Step> steps) {
      this.stack = stack;
      this.kind = kind;
      this.steps = steps;
    }

    /** An allocator that is dropped before it was closed is never unmapped. */
    boolean staysMapped() {
      return steps.contains(Step.DROP_ALLOCATOR) && !steps.contains(Step.CLOSE);
    }

    void open(FailingVirtualMemory system) {
      allocator = stack.openSmall(system);
      switch (kind) {
        case CONFINED_ARENA -> arena = allocator.arena();
        case SHARED_ARENA -> arena = allocator.sharedArena();
        default -> {}
      }
      for (long size : kind.sizes()) {
        MemorySegment segment =
            arena == null ? allocator.allocate(size, 16) : arena.allocate(size, 16);
        segment.set(ValueLayout.JAVA_BYTE, 0, WRITTEN);
        segment.set(ValueLayout.JAVA_BYTE, size - 1, WRITTEN);
        segments.add(segment);
      }
    }

    /** Goes on to the end, or before that to the collection, which is for the caller to do. */
    void go() {
      System.out.println("order " + this + " from step " + done);
      while (done < steps.size() && steps.get(done) != Step.COLLECT) {
        step(steps.get(done++));
      }
    }

    private void step(Step step) {
      switch (step) {
        case END -> end();
        case CLOSE -> {
          allocator.close();
          closed = true;
        }
        case DROP_ALLOCATOR -> allocator = null;
        case DROP_ARENA -> arena = null;
        case COLLECT -> throw new AssertionError("done for all");
        case ACCESS -> access();
      }
    }

    private void end() {
      if (arena != null) {
        arena.close();
        ended = true;
        return;
      }
      try {
        allocator.free(segments.getFirst());
        ended = true;
        require(!closed, "free after close returned");
      } catch (IllegalStateException e) {
        require(closed, "free threw " + e);
      }
    }

    void access() {
      segments.forEach(segment -> access(segment, 0));
      segments.forEach(segment -> access(segment, segment.byteSize() - 1));
    }

    private void access(MemorySegment segment, long offset) {
      boolean mustThrow = ended && (kind.isArena() || kind == Kind.MAPPING);
      try {
        byte value = segment.get(ValueLayout.JAVA_BYTE, offset);
        require(!mustThrow, segment + " was read after its end");
        require(ended || value == (closed ? 0 : WRITTEN), "read " + value + " from " + segment);
      } catch (IllegalStateException e) {
        require(mustThrow, "access threw " + e);
      }
      require(segment.scope().isAlive() != mustThrow, "scope of " + segment);
    }

    private void require(boolean condition, String what) {
      if (!condition) {
        throw new AssertionError(this + ": " + what);
      }
    }

    /** Closes what is open, and leaves hold of everything. */
    void drop() {
      if (allocator != null && !closed) {
        allocator.close();
      }
      allocator = null;
      arena = null;
      segments.clear();
    }

    @Override
    public String toString() {
      return stack + " " + kind + " " + steps;
    }
  }

  /** Every sequence of different steps that can be taken, the empty one included. */
  private static void forEachOrder(
      Kind kind, List<Step> begun, BiConsumer<Kind, List<Step>> visitor) {
    visitor.accept(kind, List.copyOf(begun));
    for (Step next : Step.values()) {
      if (!begun.contains(next) && isPossible(kind, next, begun)) {
        begun.add(next);
        forEachOrder(kind, begun, visitor);
        begun.removeLast();
      }
    }
  }

  private static boolean isPossible(Kind kind, Step next, List<Step> begun) {
    Set<Step> before = begun.isEmpty() ? EnumSet.noneOf(Step.class) : EnumSet.copyOf(begun);
    return switch (next) {
      case END -> !before.contains(kind.isArena() ? Step.DROP_ARENA : Step.DROP_ALLOCATOR);
      case CLOSE -> !before.contains(Step.DROP_ALLOCATOR);
      case DROP_ARENA -> kind.isArena();
      case DROP_ALLOCATOR, COLLECT, ACCESS -> true;
    };
  }

  private static List<Order> allOrders() {
    List<Order> orders = new ArrayList<>();
    for (TestStack stack : List.of(TestStack.BARE, TestStack.FULL)) {
      for (Kind kind : Kind.values()) {
        forEachOrder(
            kind,
            new ArrayList<>(),
            (ofKind, steps) -> orders.add(new Order(stack, ofKind, steps)));
      }
    }
    return orders;
  }

  private static List<Order> chosen(List<Order> orders) {
    if (EVERY_ORDER) {
      return orders;
    }
    List<Order> shuffled = new ArrayList<>(orders);
    Collections.shuffle(shuffled);
    return shuffled.subList(0, orders.size() / ORDERS_FOR_ONE);
  }

  /** What a JVM that runs this is told by the one that starts it. */
  static List<String> optionsOfParent() {
    return List.of("-D" + EVERY_ORDER_KEY + "=" + EVERY_ORDER);
  }

  private static void run(List<Order> batch) throws InterruptedException {
    FailingVirtualMemory system = new FailingVirtualMemory();
    FailingVirtualMemory mappedForEver = new FailingVirtualMemory();
    for (Order order : batch) {
      order.open(order.staysMapped() ? mappedForEver : system);
      order.go();
    }
    collect();
    for (Order order : batch) {
      if (order.done < order.steps.size()) {
        order.done++;
        order.go();
      }
      order.access();
    }
    batch.forEach(Order::drop);
    system.awaitNothingMapped();
    mappedForEver.assertSound();
  }

  /**
   * Collects garbage, and waits until what the collector found was unmapped: twice a stack is
   * dropped and seen to go.
   */
  private static void collect() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      FailingVirtualMemory system = new FailingVirtualMemory();
      TestStack.BARE.openSmall(system).close();
      System.gc();
      system.awaitNothingMapped();
    }
  }

  private SegmentOrders() {}

  /** Prints each order before it is tried, and how many there were. */
  public static void main(String[] args) throws InterruptedException {
    Logger quiet = Logger.getLogger("hak");
    quiet.setLevel(Level.OFF); // closed with live blocks, as meant
    List<Order> orders = chosen(allOrders());
    for (int i = 0; i < orders.size(); i += BATCH) {
      run(orders.subList(i, Math.min(i + BATCH, orders.size())));
    }
    System.out.println(orders.size() + " orders");
    if (orders.size() < 1_000) {
      throw new AssertionError("orders are missing");
    }
  }
}
