package hak.testkit;

import hak.core.memory.KeepBudget;
import hak.core.memory.ListRooms;
import hak.core.memory.Memory;
import hak.core.memory.MemoryLimit;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.memory.RemoteFrees;
import hak.core.memory.Round;
import hak.core.memory.SizeClasses;
import hak.core.memory.VirtualMemory;
import hak.core.spi.BoxContext;
import hak.core.spi.Front;
import hak.core.spi.HeapSpace;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a box is given when it is made over {@link BarePages}. There are no heaps: what the box asks
 * of them is added up, and what it gets must not be used.
 */
final class BareContext implements BoxContext {
  /** How many layers the stack pretends to have. */
  static final int LAYERS = 3;

  private static final String TIER = "tiny";

  private final BarePages bare;
  private final Settings settings;
  private final VirtualMemory virtualMemory;
  private final MemoryLimit limit = MemoryLimit.none();
  private final SizeClasses classes = SizeClasses.of(8, 16);
  private int perClassBytes;
  private int perHeapBytes;

  /** There is nothing to move. */
  private record NoCaches() implements Front {
    @Override
    public int fill(int heap, int sizeClass, int blocks) {
      return 0;
    }

    @Override
    public int held(int heap, int sizeClass) {
      return 0;
    }

    @Override
    public int drain(int heap, int sizeClass, int blocks) {
      return 0;
    }

    @Override
    public int drain(ThreadCache cache, int heap, int sizeClass, int blocks) {
      return 0;
    }
  }

  BareContext(BarePages bare, Settings settings, VirtualMemory virtualMemory) {
    this.bare = bare;
    this.settings = settings;
    this.virtualMemory = virtualMemory;
  }

  /** What was asked for so far. */
  HeapSpace asked() {
    return new HeapSpace(perClassBytes, perHeapBytes);
  }

  @Override
  public String profile() {
    return "bare pages";
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public AtomicLong counter(String name) {
    return new AtomicLong();
  }

  @Override
  public LongSupplier counted(String key) {
    return () -> 0;
  }

  @Override
  public AtomicLongArray counters(String name, int count) {
    return new AtomicLongArray(count);
  }

  @Override
  public Supplier<Optional<AtomicLongArray>> countedAll(String key) {
    return Optional::empty;
  }

  @Override
  public Map<String, Object> said() {
    return Map.of("stack.tiers", List.of(TIER));
  }

  @Override
  public String tierOf(int sizeClass) {
    return TIER;
  }

  @Override
  public Memory memory() {
    return bare.memory();
  }

  @Override
  public PageTable pages() {
    return bare.pages();
  }

  @Override
  public SizeClasses sizeClasses() {
    return classes;
  }

  @Override
  public int firstClass() {
    return 1;
  }

  @Override
  public int lastClass() {
    return classes.last();
  }

  @Override
  public PageRuns pageRuns() {
    return bare.pageRuns();
  }

  @Override
  public ListRooms listRooms() {
    return ListRooms.NONE;
  }

  @Override
  public Optional<LongSupplier> turned(String option) {
    return Optional.empty();
  }

  @Override
  public int layers() {
    return LAYERS;
  }

  @Override
  public int caches() {
    return 0;
  }

  @Override
  public Front front() {
    return new NoCaches();
  }

  @Override
  public RemoteFrees remoteFrees() {
    return new RemoteFrees(bare.memory(), bare.pages(), perHeap(Long.BYTES));
  }

  @Override
  public VirtualMemory virtualMemory() {
    return virtualMemory;
  }

  @Override
  public MemoryLimit memoryLimit() {
    return limit;
  }

  @Override
  public KeepBudget keepBudget() {
    return KeepBudget.none();
  }

  @Override
  public PerClass perClass(int bytes) {
    perClassBytes += bytes;
    return new PerClass(0, bytes / Memory.UNIT_BYTES);
  }

  @Override
  public PerHeap perHeap(int bytes) {
    perHeapBytes += (int) Round.up(bytes, HeapSpace.LINE_BYTES);
    return new PerHeap(0);
  }
}
