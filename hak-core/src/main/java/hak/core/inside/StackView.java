package hak.core.inside;

import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.spi.LargeTier;
import hak.core.spi.Observer;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;
import java.lang.foreign.SegmentAllocator;
import java.util.List;

/**
 * The inside of an open stack, for heap walkers, reports and tests. Nothing here changes a stack;
 * what is read while threads allocate is approximate.
 */
public interface StackView {
  /** What every open stack is; nobody else implements it. */
  interface Source {
    /** The stack from the inside. */
    StackView view();
  }

  /**
   * The inside of a stack.
   *
   * @param stack a {@code HakAllocator}, which this package cannot name
   * @throws ClassCastException if it is none
   */
  static StackView of(SegmentAllocator stack) {
    return ((Source) stack).view();
  }

  /** The stack's memory. */
  Memory memory();

  /** The page descriptors. */
  PageTable pages();

  /** The superslabs. */
  PageRuns pageRuns();

  /** The size classes. */
  SizeClasses sizeClasses();

  /** The boxes. */
  Boxes boxes();

  /** The caches in order. */
  default List<ThreadCache> caches() {
    return boxes().of(ThreadCache.class);
  }

  /** The size tiers in order. */
  default List<SizeTier> sizeTiers() {
    return boxes().of(SizeTier.class);
  }

  /** The large tiers in order. */
  default List<LargeTier> largeTiers() {
    return boxes().of(LargeTier.class);
  }

  /** The observers. */
  default List<Observer> observers() {
    return boxes().of(Observer.class);
  }

  /** Names of the layers of an {@link Observer}: the caches, then the size tiers. */
  default List<String> layers() {
    return boxes().layers();
  }

  /** How many system calls the stack has made so far. */
  long systemCalls();

  /**
   * Reads while the housekeeper leaves the stack alone: blocks that it moves are in no list for a
   * moment, and would count as live. Any thread; waits for what the housekeeper has begun, a second
   * at most, and what is read after that is approximate.
   */
  void whileStill(Runnable reader);

  /** Refs of all thread heaps made so far. */
  int[] heaps();
}
