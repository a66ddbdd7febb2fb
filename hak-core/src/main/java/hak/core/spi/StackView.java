package hak.core.spi;

import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import java.util.List;

/**
 * The inside of an open stack, for heap walkers, reports and tests. Nothing here changes a stack;
 * what is read while threads allocate is approximate.
 */
public interface StackView {
  /** The stack's memory. */
  Memory memory();

  /** The page descriptors. */
  PageTable pages();

  /** The superslabs. */
  PageRuns pageRuns();

  /** The size classes. */
  SizeClasses sizeClasses();

  /** The caches in order. */
  List<ThreadCache> caches();

  /** The size tiers in order. */
  List<SizeTier> sizeTiers();

  /** The large tiers in order. */
  List<LargeTier> largeTiers();

  /** Names of the layers of an {@link Observer}: the caches, then the size tiers. */
  List<String> layers();

  /** The observers. */
  List<Observer> observers();

  /** How many system calls the stack has made so far. */
  long systemCalls();

  /** Refs of all thread heaps made so far. */
  int[] heaps();
}
