package hak.core.open;

import hak.core.HakAllocator;
import hak.core.StackDescription;
import hak.core.close.Closing;
import hak.core.close.OpenState;
import hak.core.close.Unmapping;
import hak.core.heaps.OwnerTable;
import hak.core.heaps.ThreadHeaps;
import hak.core.inside.Boxes;
import hak.core.inside.OtherSystem;
import hak.core.limits.SystemLimits;
import hak.core.memory.Memory;
import hak.core.memory.MemoryLimit;
import hak.core.memory.PageRuns;
import hak.core.memory.RegionTables;
import hak.core.memory.Reservation;
import hak.core.memory.SizeClasses;
import hak.core.memory.VirtualMemory;
import hak.core.policy.Learning;
import hak.core.policy.Policies;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.profile.check.Composition;
import hak.core.profile.check.RegionPlan;
import hak.core.report.Reports;
import hak.core.report.StackInside;
import hak.core.report.Stillness;
import hak.core.segments.Segments;
import hak.core.slow.Decay;
import hak.core.slow.Housekeeper;
import hak.core.slow.LargeBlocks;
import hak.core.slow.Layers;
import hak.core.slow.SlowPath;
import hak.core.slow.Upkeep;
import hak.core.specialise.StackParts;
import hak.core.specialise.StackSpecialiser;
import hak.core.spi.LargeTier;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Role;
import hak.core.spi.SlabPlacement;
import hak.core.spi.SuperslabSource;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Builds one stack from a checked composition: reserves memory, makes the boxes, connects all. */
public final class StackBuilder {
  private static final System.Logger LOGGER = System.getLogger("hak");

  private final Composition composition;
  private final Profile profile;
  private final VirtualMemory virtualMemory;
  private final boolean tells;
  private final SystemLimits limits = new SystemLimits(OtherSystem.files());

  /** False after a collection that gave nothing back. */
  private boolean mayCollect = true;

  private StackBuilder(
      Composition composition, Profile profile, VirtualMemory virtualMemory, boolean tells) {
    this.composition = composition;
    this.profile = profile;
    this.virtualMemory = virtualMemory;
    this.tells = tells;
  }

  /**
   * Opens a stack.
   *
   * @throws OutOfMemoryError if the system refuses memory; nothing stays mapped
   */
  public static HakAllocator build(
      Composition composition, Profile profile, VirtualMemory virtualMemory) {
    return new StackBuilder(composition, profile, virtualMemory, true).build();
  }

  /** As {@link #build}, of a stack that nobody gets: nobody is told what the system refused. */
  static HakAllocator buildQuietly(
      Composition composition, Profile profile, VirtualMemory virtualMemory) {
    return new StackBuilder(composition, profile, virtualMemory, false).build();
  }

  private HakAllocator build() {
    RegionPlan wanted = composition.regionPlan();
    AddressSpaceShare space = share();
    for (RegionPlan plan = space.fit(wanted);
        plan.isWorkable();
        plan = plan.withRegionBytes(plan.regionBytes() / 2)) {
      Reservation reservation = tryReserve(plan.regionBytes(), space);
      if (reservation != null) {
        if (tells) {
          reportRefusal(wanted, plan, reservation, space);
        }
        return buildIn(reservation, plan);
      }
    }
    throw new OutOfMemoryError(
        String.format(
            "allocator '%s': the system refuses to reserve %,d B of address space, and every half"
                + " of it that would do%s",
            profile.name(), wanted.regionBytes(), space.reason()));
  }

  /**
   * What may be reserved. Where that is not all that refs can name, the addresses of closed stacks
   * that nobody can reach are waited for first, the rehearsal's too: they count as taken.
   */
  private AddressSpaceShare share() {
    AddressSpaceShare space = AddressSpaceShare.of(limits);
    while (!space.allowsAllRefs() && mayCollect) {
      mayCollect = Unmapping.collect();
      space = AddressSpaceShare.of(limits);
    }
    return space;
  }

  /**
   * Reserves what refs can name, or at least so much. When the system refuses, the addresses of
   * closed stacks that nobody can reach are waited for first.
   */
  private Reservation tryReserve(long bytes, AddressSpaceShare space) {
    Reservation reservation = Reservation.tryReserve(virtualMemory, bytes, space.mostBytes());
    while ((reservation == null || !reservation.spansAllRefs()) && mayCollect) {
      mayCollect = Unmapping.collect();
      if (reservation != null) {
        reservation.unmap();
      }
      reservation = Reservation.tryReserve(virtualMemory, bytes, space.mostBytes());
    }
    return reservation;
  }

  /** Says what follows from the system's refusing address space; nothing when it did not. */
  private void reportRefusal(
      RegionPlan wanted, RegionPlan got, Reservation reservation, AddressSpaceShare space) {
    if (!got.equals(wanted)) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          String.format(
              "allocator '%s': the system refuses %,d MiB of address space, %,d MiB reserved%s",
              profile.name(), wanted.regionBytes() >> 20, got.regionBytes() >> 20, space.reason()));
    } else if (!reservation.spansAllRefs()) {
      LOGGER.log(
          System.Logger.Level.INFO,
          String.format(
              "allocator '%s': the system refuses %,d MiB of address space beside the region of %,d"
                  + " MiB (ulimit -v?); accesses are checked one by one, which is slower",
              profile.name(), Memory.REF_SPAN_BYTES >> 20, got.regionBytes() >> 20));
    }
  }

  private HakAllocator buildIn(Reservation reservation, RegionPlan plan) {
    try {
      StackParts parts = parts(reservation, plan);
      HakAllocator stack = StackSpecialiser.specialise(parts);
      parts.upkeep().begin();
      return stack;
    } catch (Throwable e) {
      reservation.unmap();
      throw e;
    }
  }

  private StackParts parts(Reservation reservation, RegionPlan plan) {
    Memory memory = reservation.memory();
    StackOptions options = profile.options();
    MemoryLimit limit = new MemoryLimit(options.limitBytes(), options.softLimitBytes());
    Policies policies = new Policies(profile, composition.turnables(), composition::problemsOf);
    Budget budget =
        Budget.of(
            options, limits, profile.name(), policies.valueOf(StackOptions.BUDGET_SUPERSLABS));
    reservation.limitTo(limit);
    reservation.startAt(plan.startBytes());
    reservation.adviseHugeFrom(profile.options().hugeFromBytes());
    Reservation.Part ownerPart = reservation.part(plan.ownerBytes());
    Reservation.Part heapPart = reservation.part(plan.heapPartBytes());
    RegionTables tables = RegionTables.tryLayOut(reservation);
    if (tables == null || !ownerPart.ensure(plan.ownerBytes())) {
      throw new OutOfMemoryError(
          "allocator '"
              + profile.name()
              + "': the system refuses memory for metadata, or it is"
              + " more than stack.limit");
    }
    OwnerTable owners = new OwnerTable(memory, ownerPart.ref());
    PageRuns pageRuns = tables.pageRuns();
    pageRuns.keepAtMost(budget.keeps().superslabs());
    SizeClasses sizeClasses = composition.sizeClasses();

    LaterFront front = new LaterFront();
    Boxes boxes =
        new BoxMaker(
                composition,
                profile,
                memory,
                tables,
                sizeClasses,
                virtualMemory,
                limit,
                budget.keeps(),
                policies,
                new Counters(),
                front)
            .make();
    LargeTier[] largeTiers = boxes.of(LargeTier.class).toArray(new LargeTier[0]);
    StackDescription description =
        new Description(composition, sizeClasses)
            .of(profile.name(), reservation.lengthBytes(), budget.text());
    ThreadHeaps heaps =
        new ThreadHeaps(owners, reservation, heapPart, description.heapBytes(), boxes, sizeClasses);
    Stillness stillness = new Stillness();
    StackInside inside =
        new StackInside(
            memory, tables.pages(), pageRuns, sizeClasses, boxes, heaps, virtualMemory, stillness);

    OpenState state = new OpenState(profile.name());
    Arena reachable = Arena.ofAuto();
    Reports reports = new Reports(inside, reservation, description);
    Layers layers = new Layers(boxes, sizeClasses);
    front.connect(layers);
    LargeBlocks largeBlocks = new LargeBlocks(largeTiers, sizeClasses.largestBytes());
    Segments segments =
        Segments.of(
            state,
            memory,
            reservation.lengthBytes(),
            tables.pages(),
            sizeClasses,
            largeBlocks::usableSize,
            largeBlocks::comesZeroed,
            reachable);
    List<Housekeeper.Chore> chores = new ArrayList<>();
    for (Learning.Subject learner : learners(boxes)) {
      Learning learning = new Learning(learner, policies, state, limit, reachable);
      policies.add(learning);
      chores.add(learning);
    }
    if (profile.options().purgeDelayMillis() > 0 || !chores.isEmpty()) {
      chores.add(
          new Decay(
              state,
              heaps,
              largeBlocks,
              pageRuns,
              limit,
              reports,
              stillness,
              reachable,
              policies.valueOf(StackOptions.PURGE_DELAY)));
    }
    Upkeep upkeep = new Upkeep(state, heaps, largeBlocks, pageRuns, stillness, chores);
    SlowPath slowPath =
        new SlowPath(
            state, inside, reservation, limit, layers, largeBlocks, segments, upkeep, reports);
    Closing closing =
        new Closing(state, heaps, pageRuns, largeTiers, reservation, reports, reachable);
    pageRuns.connect(
        boxes.of(SuperslabSource.class).toArray(new PageRuns.Source[0]),
        boxes.of(SlabPlacement.class).stream().findFirst().orElse(null),
        upkeep::reclaim);
    return new StackParts(
        inside,
        owners,
        reservation.lengthBytes(),
        layers,
        slowPath,
        upkeep,
        segments,
        reports,
        policies,
        closing);
  }

  /** The learners of the stack, and what each may set. */
  private List<Learning.Subject> learners(Boxes boxes) {
    List<Learner> learners = boxes.of(Learner.class);
    List<Composition.Part> parts = composition.parts(Role.LEARNER);
    List<Learning.Subject> subjects = new ArrayList<>();
    for (int i = 0; i < learners.size(); i++) {
      LearnerProvider provider = (LearnerProvider) parts.get(i).provider();
      subjects.add(
          new Learning.Subject(
              parts.get(i).name(),
              learners.get(i),
              Set.copyOf(provider.turns()),
              Set.copyOf(provider.advises())));
    }
    return subjects;
  }
}
