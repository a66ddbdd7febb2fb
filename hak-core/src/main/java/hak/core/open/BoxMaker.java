package hak.core.open;

import hak.core.inside.Boxes;
import hak.core.memory.KeepBudget;
import hak.core.memory.ListRooms;
import hak.core.memory.Memory;
import hak.core.memory.MemoryLimit;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.memory.RegionTables;
import hak.core.memory.RemoteFrees;
import hak.core.memory.SizeClasses;
import hak.core.memory.VirtualMemory;
import hak.core.policy.Policies;
import hak.core.profile.Profile;
import hak.core.profile.ProfileKeys;
import hak.core.profile.check.BoxRegistry;
import hak.core.profile.check.Composition;
import hak.core.profile.check.HeapLayout;
import hak.core.profile.check.NativeAccess;
import hak.core.profile.check.Turnable;
import hak.core.spi.Box;
import hak.core.spi.BoxContext;
import hak.core.spi.Front;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Role;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes the boxes of a stack over its memory.
 *
 * @param counters what boxes count for learners
 */
record BoxMaker(
    Composition composition,
    Profile profile,
    Memory memory,
    RegionTables tables,
    SizeClasses sizeClasses,
    VirtualMemory virtualMemory,
    MemoryLimit limit,
    KeepBudget keeps,
    Policies policies,
    Counters counters,
    LaterFront front) {
  /**
   * Makes each box once.
   *
   * @throws IllegalStateException naming the box that is no record or not of its role
   */
  Boxes make() {
    List<Boxes.Made> made = new ArrayList<>();
    for (Composition.Part part : composition.parts()) { // caches before the tiers behind them
      made.add(new Boxes.Made(part.name(), make(part, adopter(made)), part.lastClass()));
    }
    return new Boxes(made);
  }

  /** The cache that takes in the lists of the tiers; null = none so far. */
  private static ThreadCache adopter(List<Boxes.Made> made) {
    return made.stream()
        .map(Boxes.Made::box)
        .filter(box -> box instanceof ThreadCache cache && cache.adopts())
        .map(ThreadCache.class::cast)
        .findFirst()
        .orElse(null);
  }

  private Box make(Composition.Part part, ThreadCache adopter) {
    Box box = part.provider().create(new Context(part, adopter));
    Class<? extends Box> type = part.provider().role().type();
    if (!type.isInstance(box) || !box.getClass().isRecord()) {
      throw new IllegalStateException(
          "box '"
              + part.name()
              + "' of "
              + BoxRegistry.moduleOf(part.provider())
              + " must be a record that is a "
              + type.getSimpleName()
              + ", not "
              + (box == null ? "null" : box.getClass()));
    }
    return box;
  }

  /** What one box is given. */
  private final class Context implements BoxContext {
    private final Composition.Part part;
    private final HeapLayout.Share share;
    private final ThreadCache adopter;

    Context(Composition.Part part, ThreadCache adopter) {
      this.part = part;
      this.adopter = adopter;
      this.share = composition.layout().share(part.name());
    }

    @Override
    public String profile() {
      return profile.name();
    }

    @Override
    public Settings settings() {
      return part.settings();
    }

    private String keyOf(String name) {
      return Turnable.keyOf(part.provider(), part.name(), name);
    }

    @Override
    public Optional<LongSupplier> turned(String option) {
      return policies.valueOf(keyOf(option));
    }

    @Override
    public AtomicLong counter(String name) {
      return counters.one(keyOf(name));
    }

    @Override
    public LongSupplier counted(String key) {
      return counters.one(key)::get;
    }

    @Override
    public AtomicLongArray counters(String name, int count) {
      return counters.many(keyOf(name), count);
    }

    @Override
    public Supplier<Optional<AtomicLongArray>> countedAll(String key) {
      return () -> counters.manyOf(key);
    }

    @Override
    public Map<String, Object> said() {
      return ProfileKeys.said(profile);
    }

    @Override
    public String tierOf(int sizeClass) {
      return composition.parts(Role.SIZE_TIER).stream()
          .filter(tier -> tier.firstClass() <= sizeClass && sizeClass <= tier.lastClass())
          .map(Composition.Part::name)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no size class " + sizeClass));
    }

    @Override
    public Memory memory() {
      return memory;
    }

    @Override
    public PageTable pages() {
      return tables.pages();
    }

    @Override
    public SizeClasses sizeClasses() {
      return sizeClasses;
    }

    @Override
    public int firstClass() {
      return part.firstClass();
    }

    @Override
    public int lastClass() {
      return part.lastClass();
    }

    @Override
    public ListRooms listRooms() {
      ListRooms rooms = adopter == null ? ListRooms.NONE : adopter.listRooms();
      return isCounted() ? rooms.counted(counters.lists(sizeClasses.last())) : rooms;
    }

    /** Whether a learner wants lists counted. */
    private boolean isCounted() {
      return composition.parts(Role.LEARNER).stream()
          .anyMatch(learner ->
              learner.provider() instanceof LearnerProvider provider && provider.countsLists());
    }

    @Override
    public int layers() {
      return composition.layers();
    }

    @Override
    public int caches() {
      return composition.caches();
    }

    @Override
    public PageRuns pageRuns() {
      return tables.pageRuns();
    }

    @Override
    public Front front() {
      return front;
    }

    @Override
    public RemoteFrees remoteFrees() {
      return new RemoteFrees(memory, pages(), perHeap(Long.BYTES));
    }

    @Override
    public VirtualMemory virtualMemory() {
      if (!NativeAccess.isTrusted(part.provider())) {
        throw new IllegalCallerException(
            "box '"
                + part.name()
                + "' makes system calls; "
                + NativeAccess.neededBy(part.provider()));
      }
      return virtualMemory;
    }

    @Override
    public MemoryLimit memoryLimit() {
      return limit;
    }

    @Override
    public KeepBudget keepBudget() {
      return keeps;
    }

    @Override
    public PerClass perClass(int bytes) {
      return share.perClass(bytes);
    }

    @Override
    public PerHeap perHeap(int bytes) {
      return share.perHeap(bytes);
    }
  }
}
