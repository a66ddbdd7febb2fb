package hak.stack;

import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.BoxContext;
import hak.core.spi.BoxProvider;
import hak.core.spi.FreeGuard;
import hak.core.spi.FreeGuardProvider;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Section;
import hak.core.spi.SuperslabSource;
import hak.core.spi.SuperslabSourceProvider;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import hak.testkit.FailingVirtualMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Boxes that do nothing but let a test know who comes by, on the thread that does: one for each
 * role that may be somebody else's. What the test does then is foreign code in the middle of a
 * call.
 */
final class Turnstile {
  private static final String CACHE = "turnstile-cache";
  private static final String SOURCE = "turnstile-source";
  private static final String GUARD = "turnstile-guard";
  private static final String OBSERVER = "turnstile-observer";

  /** Where a thread may come by. */
  enum Gate {
    /** A cache prepares its state of a new heap. */
    OPEN,
    /** A cache is asked for a block. */
    POP,
    /** A cache is offered a block. */
    PUSH,
    /** A cache is asked how much it holds. */
    COUNT,
    /** A source is asked for a superslab: the pool is about to grow. */
    ACQUIRE,
    /** A source is offered a superslab that has become empty. */
    RETIRE,
    /** A source is to give back what it keeps. */
    TRIM,
    /** A guard sees a free of a foreign address. */
    FOREIGN_FREE,
    /** An observer sees that a layer was asked for a block. */
    POPPED,
    /** An observer sees that a layer was offered a block. */
    PUSHED
  }

  /** What a test does with who comes by. */
  interface Visitor {
    /**
     * Called on the thread that comes by.
     *
     * @param heap the heap that it is in; 0 where there is none
     */
    void passes(Gate gate, int heap);
  }

  private static final Visitor NOBODY = (gate, heap) -> {};
  private static volatile Visitor visitor = NOBODY;

  private Turnstile() {}

  /** Opens a stack with all turnstiles, each the first of its role. */
  static HakAllocator open(TestStack stack, FailingVirtualMemory system) {
    return system.open(on(stack.profile()));
  }

  /** A profile with all turnstiles before its boxes. */
  static Profile on(Profile profile) {
    Profile on = first(profile, Section.CACHES, CACHE);
    on = first(on, Section.SUPERSLABS, SOURCE);
    on = first(on, Section.GUARDS, GUARD);
    return first(on, Section.OBSERVERS, OBSERVER);
  }

  private static Profile first(Profile profile, Section section, String box) {
    List<String> boxes = new ArrayList<>(List.of(box));
    boxes.addAll(profile.boxes(section));
    return profile.with(section, boxes);
  }

  /** Calls {@code who} for everybody who comes by, in any stack, until {@link #leave}. */
  static void watch(Visitor who) {
    visitor = who;
  }

  static void leave() {
    visitor = NOBODY;
  }

  private static void pass(Gate gate, int heap) {
    visitor.passes(gate, heap);
  }

  private record Cache() implements ThreadCache {
    @Override
    public void open(int heap) {
      pass(Gate.OPEN, heap);
    }

    @Override
    public int pop(int heap, int sizeClass) {
      pass(Gate.POP, heap);
      return 0;
    }

    @Override
    public boolean push(int heap, int sizeClass, int block) {
      pass(Gate.PUSH, heap);
      return false;
    }

    @Override
    public void forEach(int heap, int sizeClass, IntConsumer blocks) {}

    @Override
    public int blockCount(int heap, int sizeClass) {
      pass(Gate.COUNT, heap);
      return 0;
    }
  }

  private record Source() implements SuperslabSource {
    @Override
    public int acquire() {
      pass(Gate.ACQUIRE, 0);
      return -1;
    }

    @Override
    public boolean retire(int superslab) {
      pass(Gate.RETIRE, 0);
      return false;
    }

    @Override
    public void trim() {
      pass(Gate.TRIM, 0);
    }
  }

  private record Guard() implements FreeGuard {
    @Override
    public boolean foreignFree(long address) {
      pass(Gate.FOREIGN_FREE, 0);
      return true;
    }
  }

  private record Watcher() implements Observer {
    @Override
    public void popped(int heap, int layer, int sizeClass, boolean hit) {
      pass(Gate.POPPED, heap);
    }

    @Override
    public void pushed(int heap, int layer, int sizeClass, boolean accepted) {
      pass(Gate.PUSHED, heap);
    }

    @Override
    public List<Count> counts(int heap) {
      return List.of();
    }
  }

  /** Says what a box is; each of its kind hands out the same one to all, for it has no state. */
  interface Provider extends BoxProvider {
    @Override
    default String summary() {
      return "tells a test who comes by";
    }
  }

  /** Names the cache. */
  public static final class CacheProvider implements Provider, ThreadCacheProvider {
    @Override
    public String id() {
      return CACHE;
    }

    @Override
    public ThreadCache create(BoxContext context) {
      return new Cache();
    }
  }

  /** Names the source. */
  public static final class SourceProvider implements Provider, SuperslabSourceProvider {
    @Override
    public String id() {
      return SOURCE;
    }

    @Override
    public SuperslabSource create(BoxContext context) {
      return new Source();
    }
  }

  /** Names the guard. */
  public static final class GuardProvider implements Provider, FreeGuardProvider {
    @Override
    public String id() {
      return GUARD;
    }

    @Override
    public FreeGuard create(BoxContext context) {
      return new Guard();
    }
  }

  /** Names the watcher. */
  public static final class WatcherProvider implements Provider, ObserverProvider {
    @Override
    public String id() {
      return OBSERVER;
    }

    @Override
    public Observer create(BoxContext context) {
      return new Watcher();
    }
  }
}
