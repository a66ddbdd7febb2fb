package hak.core;

import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.memory.RemoteFrees;
import hak.core.memory.Reservation;
import hak.core.memory.SizeClasses;
import hak.core.memory.VirtualMemory;
import hak.core.profile.Profile;
import hak.core.spi.Box;
import hak.core.spi.BoxContext;
import hak.core.spi.FreeGuard;
import hak.core.spi.LargeTier;
import hak.core.spi.LargeTierProvider;
import hak.core.spi.Observer;
import hak.core.spi.Option;
import hak.core.spi.Role;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import hak.core.spi.SuperslabSource;
import hak.core.spi.ThreadCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds one stack from a checked composition: reserves memory, makes the boxes, lays out the
 * thread heap.
 */
final class StackBuilder {
  private final Composition composition;
  private final String profileName;
  private final VirtualMemory virtualMemory;
  private final Reservation reservation;
  private final SizeClasses sizeClasses;
  private final Memory memory;
  private final PageTable pages;
  private final PageRuns pageRuns;
  private final OwnerTable owners;
  private final Reservation.Part heapPart;

  private StackBuilder(
      Composition composition,
      String profileName,
      VirtualMemory virtualMemory,
      Reservation reservation,
      RegionPlan plan) {
    this.composition = composition;
    this.profileName = profileName;
    this.virtualMemory = virtualMemory;
    this.reservation = reservation;
    sizeClasses = composition.sizeClasses();
    memory = reservation.memory();
    reservation.startAt(plan.startBytes());
    Reservation.Part ownerPart = committed(plan.ownerBytes());
    heapPart = reservation.part(plan.heapPartBytes());
    Reservation.Part statePart = committed(plan.stateBytes());
    Reservation.Part pageClassPart = committed(plan.pageClassBytes());
    Reservation.Part descriptorPart = reservation.part(plan.descriptorBytes());
    if (!descriptorPart.allowRead()) {
      throw new OutOfMemoryError(
          "allocator '" + profileName + "': the system refuses memory for page descriptors");
    }
    reservation.openData(descriptorPart);
    owners = new OwnerTable(memory, ownerPart.ref());
    pages = new PageTable(memory, descriptorPart.ref(), pageClassPart.ref());
    pageRuns = new PageRuns(memory, pages, reservation, statePart.ref());
  }

  /**
   * Opens a stack.
   *
   * @throws OutOfMemoryError if the system refuses memory; nothing stays mapped
   */
  static HakAllocator build(Composition composition, Profile profile, VirtualMemory virtualMemory) {
    RegionPlan wanted = composition.regionPlan();
    for (RegionPlan plan = wanted;
        plan.isWorkable();
        plan = plan.withRegionBytes(plan.regionBytes() / 2)) {
      Reservation reservation = Reservation.tryReserve(virtualMemory, plan.regionBytes());
      if (reservation != null) {
        reportRefusal(profile.name(), wanted, plan, reservation);
        return build(composition, profile, virtualMemory, reservation, plan);
      }
    }
    throw new OutOfMemoryError(
        String.format(
            "allocator '%s': the system refuses to reserve %,d B of address space, and every half"
                + " of it that would do",
            profile.name(), wanted.regionBytes()));
  }

  private static HakAllocator build(
      Composition composition,
      Profile profile,
      VirtualMemory virtualMemory,
      Reservation reservation,
      RegionPlan plan) {
    try {
      reservation.adviseHugeFrom(profile.options().hugeFromBytes());
      return new StackBuilder(composition, profile.name(), virtualMemory, reservation, plan)
          .build();
    } catch (Throwable e) {
      reservation.unmap();
      throw e;
    }
  }

  /** Says what follows from the system's refusing address space; nothing when it did not. */
  private static void reportRefusal(
      String profileName, RegionPlan wanted, RegionPlan got, Reservation reservation) {
    System.Logger logger = System.getLogger("hak");
    if (!got.equals(wanted)) {
      logger.log(
          System.Logger.Level.WARNING,
          String.format(
              "allocator '%s': the system refuses %,d MiB of address space, %,d MiB reserved",
              profileName, wanted.regionBytes() >> 20, got.regionBytes() >> 20));
    } else if (!reservation.spansAllRefs()) {
      logger.log(
          System.Logger.Level.INFO,
          String.format(
              "allocator '%s': the system refuses %,d MiB of address space beside the region of %,d"
                  + " MiB (ulimit -v?); accesses are checked one by one, which is slower",
              profileName, Memory.REF_SPAN_BYTES >> 20, got.regionBytes() >> 20));
    }
  }

  private Reservation.Part committed(long bytes) {
    Reservation.Part part = reservation.part(bytes);
    if (!part.ensure(bytes)) {
      throw new OutOfMemoryError(
          "allocator '" + profileName + "': the system refuses memory for metadata");
    }
    return part;
  }

  private HakAllocator build() {
    List<Composition.Part> tierParts = composition.parts(Role.SIZE_TIER);
    List<Composition.Part> cacheParts = composition.parts(Role.CACHE);
    List<SuperslabSource> sources = make(Role.SUPERSLAB_SOURCE, SuperslabSource.class);
    StackRuntime.Boxes boxes =
        new StackRuntime.Boxes(
            cacheParts.stream().map(Composition.Part::name).toList(),
            make(Role.CACHE, ThreadCache.class),
            tierParts.stream().map(Composition.Part::name).toList(),
            make(Role.SIZE_TIER, SizeTier.class),
            tierParts.stream().map(Composition.Part::lastClass).toList(),
            make(Role.LARGE_TIER, LargeTier.class),
            make(Role.GUARD, FreeGuard.class),
            make(Role.OBSERVER, Observer.class));
    StackRuntime runtime =
        new StackRuntime(
            describe(),
            memory,
            pages,
            sizeClasses,
            pageRuns,
            reservation,
            virtualMemory,
            boxes,
            owners,
            heapPart,
            heapBytes());
    pageRuns.connect(sources.toArray(new PageRuns.Source[0]), runtime::reclaim);
    return StackSpecialiser.specialise(
        runtime,
        boxes,
        links ->
            new StackParts(
                runtime, memory, pages, owners, sizeClasses, reservation.lengthBytes(), links));
  }

  private <B extends Box> List<B> make(Role role, Class<B> type) {
    List<B> made = new ArrayList<>();
    for (Composition.Part part : composition.parts(role)) {
      Box box = part.provider().create(new Context(part));
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
      made.add(type.cast(box));
    }
    return made;
  }

  private StackDescription describe() {
    List<StackDescription.Layer> layers = new ArrayList<>();
    for (Composition.Part part : composition.parts()) {
      Map<String, String> settings = new TreeMap<>();
      for (Option option : part.provider().options()) {
        settings.put(option.name(), option.show(part.settings().values().get(option.name())));
      }
      layers.add(
          new StackDescription.Layer(
              part.name(),
              part.provider().role(),
              BoxRegistry.moduleOf(part.provider()),
              serves(part),
              settings));
    }
    return new StackDescription(
        profileName, List.copyOf(layers), reservation.lengthBytes(), heapBytes());
  }

  private int heapBytes() {
    return Math.toIntExact(composition.layout().heapBytes());
  }

  private String serves(Composition.Part part) {
    return switch (part.provider()) {
      case SizeTierProvider _ ->
          part.lastClass() < part.firstClass()
              ? "nothing"
              : String.format(
                  "..%,d B in %d classes",
                  sizeClasses.bytes(part.lastClass()), part.lastClass() - part.firstClass() + 1);
      case LargeTierProvider largeTier ->
          String.format("..%,d KiB", largeTier.largestBytes(part.settings()) >> 10);
      default -> "";
    };
  }

  /** What one box is given. */
  private final class Context implements BoxContext {
    private final Composition.Part part;
    private final HeapLayout.Share share;

    Context(Composition.Part part) {
      this.part = part;
      this.share = composition.layout().share(part.name());
    }

    @Override
    public String profile() {
      return profileName;
    }

    @Override
    public Settings settings() {
      return part.settings();
    }

    @Override
    public Memory memory() {
      return memory;
    }

    @Override
    public PageTable pages() {
      return pages;
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
    public int layers() {
      return composition.layers();
    }

    @Override
    public PageRuns pageRuns() {
      return pageRuns;
    }

    @Override
    public RemoteFrees remoteFrees() {
      return new RemoteFrees(memory, pages, perHeap(Long.BYTES));
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
    public PerClass perClass(int bytes) {
      return share.perClass(bytes);
    }

    @Override
    public PerHeap perHeap(int bytes) {
      return share.perHeap(bytes);
    }
  }
}
