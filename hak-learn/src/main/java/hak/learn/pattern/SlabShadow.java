package hak.learn.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What slabs would have done with the calls of a program: each thread has slabs of its own for each
 * size class, and a block goes back to the slab that it was carved from, whoever frees it.
 *
 * <pre>
 *   of each thread and class   the active slab; and those with a free block, in a line
 *   allocate   from the active slab; when it is full, from the first of the line; else a new one
 *   free       a slab that was full joins the end of the line; one whose last block is free
 *              retires, unless it is the active one
 *   carved = in use + freed                             of each slab
 * </pre>
 *
 * <p>Each slab is told about when it retires and at the end of a window. Memory is that of the
 * slabs in use. For one thread; those of the calls are numbers.
 */
public final class SlabShadow {
  /** Stands for the slab of a block that has no class. */
  public static final int NO_SLAB = -1;

  /** The slabs of a thread and class. */
  private static final class Owner {
    private final int sizeClass;
    private Slab active;

    /** The line of slabs with a free block, from the one that waits longest. */
    private Slab first;

    private Slab last;

    Owner(int sizeClass) {
      this.sizeClass = sizeClass;
    }

    void append(Slab slab) {
      slab.waits = true;
      slab.before = last;
      slab.after = null;
      if (last == null) {
        first = slab;
      } else {
        last.after = slab;
      }
      last = slab;
    }

    void remove(Slab slab) {
      slab.waits = false;
      if (slab.before == null) {
        first = slab.after;
      } else {
        slab.before.after = slab.after;
      }
      if (slab.after == null) {
        last = slab.before;
      } else {
        slab.after.before = slab.before;
      }
    }
  }

  private static final class Slab {
    private final Owner owner;
    private final int number;
    private int used;
    private int carved;
    private boolean waits;
    private Slab before;
    private Slab after;

    /** Since it was last told about. */
    private long allocations;

    private long freeHits;
    private long frees;
    private int most;

    Slab(Owner owner, int number) {
      this.owner = owner;
      this.number = number;
    }
  }

  private final int[] blocksOfSlab;
  private final Consumer<SlabUse> uses;

  /** By thread, then by class. */
  private final List<Map<Integer, Owner>> owners = new ArrayList<>();

  /** By number; null where there is none now. */
  private final List<Slab> slabs = new ArrayList<>();

  private final Deque<Integer> unusedNumbers = new ArrayDeque<>();

  /**
   * Begins without slabs.
   *
   * @param blocksOfSlab how many blocks a slab of each class has; classes are numbered from 1,
   *     entry 0 is no class
   * @param uses is told what was done with each slab
   * @throws IllegalArgumentException if there is no class, or one has no block
   */
  public SlabShadow(int[] blocksOfSlab, Consumer<SlabUse> uses) {
    if (blocksOfSlab.length < 2) {
      throw new IllegalArgumentException("there must be a size class");
    }
    for (int sizeClass = 1; sizeClass < blocksOfSlab.length; sizeClass++) {
      if (blocksOfSlab[sizeClass] < 1) {
        throw new IllegalArgumentException(
            "a slab of class " + sizeClass + " has " + blocksOfSlab[sizeClass] + " blocks");
      }
    }
    this.blocksOfSlab = blocksOfSlab.clone();
    this.uses = uses;
  }

  /**
   * A thread allocates a block.
   *
   * @param thread from 0
   * @param sizeClass 0 = none, which changes nothing
   * @return the number of its slab, for {@link #free}
   */
  public int allocate(int thread, int sizeClass) {
    if (sizeClass == 0) {
      return NO_SLAB;
    }
    Owner owner = owner(thread, sizeClass);
    Slab slab = owner.active;
    if (slab == null || slab.used == blocksOfSlab[sizeClass]) {
      slab = next(owner);
      owner.active = slab;
    }
    if (slab.carved > slab.used) {
      slab.freeHits++;
    } else {
      slab.carved++;
    }
    slab.used++;
    slab.allocations++;
    slab.most = Math.max(slab.most, slab.used);
    return slab.number;
  }

  private Owner owner(int thread, int sizeClass) {
    while (owners.size() <= thread) {
      owners.add(new HashMap<>());
    }
    return owners.get(thread).computeIfAbsent(sizeClass, Owner::new);
  }

  private Slab next(Owner owner) {
    Slab slab = owner.first;
    if (slab != null) {
      owner.remove(slab);
      return slab;
    }
    Integer number = unusedNumbers.pollLast();
    if (number == null) {
      number = slabs.size();
      slabs.add(null);
    }
    Slab fresh = new Slab(owner, number);
    slabs.set(number, fresh);
    return fresh;
  }

  /**
   * A block is freed, by whatever thread.
   *
   * @param number of its slab, as {@link #allocate} gave it
   */
  public void free(int number) {
    if (number == NO_SLAB) {
      return;
    }
    Slab slab = slabs.get(number);
    slab.used--;
    slab.frees++;
    boolean isActive = slab.owner.active == slab;
    if (slab.used == 0 && !isActive) {
      if (slab.waits) {
        slab.owner.remove(slab);
      }
      tell(slab, true);
      slabs.set(number, null);
      unusedNumbers.addLast(number);
    } else if (!isActive && !slab.waits) {
      slab.owner.append(slab);
    }
  }

  /** A window has ended: slabs in use are told about. */
  public void endWindow() {
    for (Slab slab : slabs) {
      if (slab != null) {
        tell(slab, false);
      }
    }
  }

  private void tell(Slab slab, boolean retired) {
    double blocks = blocksOfSlab[slab.owner.sizeClass];
    uses.accept(
        new SlabUse(
            slab.owner.sizeClass,
            slab.allocations,
            slab.freeHits,
            slab.frees,
            slab.most / blocks,
            slab.used / blocks,
            retired));
    slab.allocations = 0;
    slab.freeHits = 0;
    slab.frees = 0;
    slab.most = slab.used;
  }

  /** How many slabs are in use. */
  public int inUse() {
    return slabs.size() - unusedNumbers.size();
  }
}
