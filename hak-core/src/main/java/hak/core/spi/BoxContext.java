package hak.core.spi;

import hak.core.memory.KeepBudget;
import hak.core.memory.ListRooms;
import hak.core.memory.Memory;
import hak.core.memory.MemoryLimit;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.memory.RemoteFrees;
import hak.core.memory.SizeClasses;
import hak.core.memory.VirtualMemory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a stack gives a box that it is about to make. Used on the opening thread only. */
public interface BoxContext {
  /** The profile's name, for messages. */
  String profile();

  /** The box's own options, checked, defaults filled in. */
  Settings settings();

  /**
   * An option of the box that a learner of the stack turns: what holds, in its unit, at every call,
   * by one volatile read, which is not for a hot path. Empty when no learner does; then it is what
   * {@link #settings} says for as long as the stack lives.
   *
   * @param option one of {@link BoxProvider#turnable}
   */
  Optional<LongSupplier> turned(String option);

  /**
   * A counter of the box, 0 at first, which learners of the stack read by {@link #counted}. Not to
   * be counted on a hot path.
   *
   * @param name lower case with hyphens, with the unit
   */
  AtomicLong counter(String name);

  /**
   * What a box of the stack counts for learners.
   *
   * @param key the box as a profile has it, and the name of its {@link #counter}: {@code
   *     tier.mid.claimed-bytes}; 0 always where nothing counts so
   */
  LongSupplier counted(String key);

  /**
   * As {@link #counter}, many at once: 0 at first.
   *
   * @param count how many; the same each time
   */
  AtomicLongArray counters(String name, int count);

  /**
   * What a box of the stack counts for learners by {@link #counters}, asked when all boxes are
   * made: empty where none does.
   *
   * @param key the box as a profile has it, and the name of the counters
   */
  Supplier<Optional<AtomicLongArray>> countedAll(String key);

  /**
   * What the profile says: lists of boxes by {@code stack.tiers} and the like, options of boxes of
   * the stack that it sets by {@code tier.mid.largest} and the like. Values are Long, Boolean,
   * String, or a List of String.
   */
  Map<String, Object> said();

  /** What the profile calls the size tier of a class. */
  String tierOf(int sizeClass);

  /** The stack's memory. */
  Memory memory();

  /** The stack's page descriptors. */
  PageTable pages();

  /** All size classes of the stack. */
  SizeClasses sizeClasses();

  /** For a {@link Role#SIZE_TIER}: the number of its first size class. */
  int firstClass();

  /**
   * For a {@link Role#SIZE_TIER}: the number of its last size class; below the first when it has
   * none.
   */
  int lastClass();

  /**
   * For a {@link Role#SIZE_TIER}: the room that its lists of free blocks carry for the cache that
   * adopts them (see {@link hak.core.memory.BlockList}); {@link ListRooms#NONE} when none does. A
   * {@link Learner} reads there what was handed over.
   */
  ListRooms listRooms();

  /** The pool that tiers claim slabs and runs from. */
  PageRuns pageRuns();

  /** How many layers an {@link Observer} sees: the caches and the size tiers. */
  int layers();

  /** How many of the {@link #layers} are caches; those are the first ones. */
  int caches();

  /**
   * The caches and the tiers behind them, to move blocks between the two. To be used when all boxes
   * are made: from {@link ThreadCache#opened} on.
   */
  Front front();

  /**
   * New lists of blocks freed by threads that do not own them, for the one tier that asks. They
   * take one cache line of every thread heap, as {@link #perHeap}.
   */
  RemoteFrees remoteFrees();

  /**
   * The operating system.
   *
   * @throws IllegalCallerException if the box's module was not granted native access and is none of
   *     ours: through this, system calls are made
   */
  VirtualMemory virtualMemory();

  /**
   * How much memory the stack may hold: a {@link LargeTier} takes of it, before it maps them, the
   * bytes that it has outside of the reservation.
   */
  MemoryLimit memoryLimit();

  /**
   * How much free memory the stack may keep: a {@link LargeTier} counts in its share of big blocks
   * the bytes that it keeps outside of the reservation, and closes the share when it is closed. A
   * {@link Learner} reads there what the budget was worth.
   */
  KeepBudget keepBudget();

  /**
   * Gives the box {@code bytes} (a multiple of 8) for each size class in every thread heap; zero in
   * a new heap.
   *
   * @throws IllegalStateException if that is more than {@link BoxProvider#heapSpace} declares
   */
  PerClass perClass(int bytes);

  /**
   * Gives the box {@code bytes} once in every thread heap, on cache lines of its own; zero in a new
   * heap.
   *
   * @throws IllegalStateException if that is more than {@link BoxProvider#heapSpace} declares
   */
  PerHeap perHeap(int bytes);
}
