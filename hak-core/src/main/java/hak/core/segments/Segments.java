package hak.core.segments;

import hak.core.close.OpenState;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/**
 * The segments of a stack: which scope they have, and what ends it.
 *
 * <h2>Why no segment leads to memory that is not mapped</h2>
 *
 * <pre>
 *   block            segment of    its scope                    the memory is unmapped
 *   in reservation   allocate      reachable                    closed, and reachable is unreachable
 *                    an arena      the arena's                  the same
 *   outside          allocate      one of its own               at free, or as above
 *                    an arena      the arena's                  the same
 * </pre>
 *
 * The scope of an arena and that of a block have a close action that refers to {@code reachable}:
 * whoever holds a segment, the arena or the allocator keeps the reservation mapped, and what is
 * outside and not freed. A block outside is freed only after its scope has ended, which no access
 * outlives (see {@link Arena#ofShared}): by {@link #endScopeOf} and {@link #forget}, which end it,
 * and by {@link HakArena#close}, which frees after. Blocks in the reservation need none of this;
 * freed, they stay mapped.
 *
 * <p>A record, because the JIT compiler trusts its fields (see {@link Memory}).
 *
 * @param state whether the stack is open
 * @param largeSizes the usable bytes of the block of a large tier at an address; 0 when there is
 *     none
 * @param comesZeroed whether the block of a large tier that was just allocated at an address is
 *     known to be zero
 * @param reachable refers to nothing; what refers to it keeps the memory mapped
 * @param shared the scope of {@code reachable}
 * @param keepMapped the close action
 * @param owners the arenas of blocks outside of the reservation: {@link HakArena} or one of its own
 */
public record Segments(
    OpenState state,
    Memory memory,
    long reservedBytes,
    PageTable pages,
    SizeClasses sizeClasses,
    LongUnaryOperator largeSizes,
    LongPredicate comesZeroed,
    Arena reachable,
    MemorySegment.Scope shared,
    Consumer<MemorySegment> keepMapped,
    BlockOwners owners) {

  /** A close action that does nothing: until it is called, what it refers to can be reached. */
  private record KeepMapped(Arena reachable) implements Consumer<MemorySegment> {
    @Override
    public void accept(MemorySegment segment) {}
  }

  /** None yet, of a stack whose memory stays mapped while {@code reachable} can be reached. */
  public static Segments of(
      OpenState state,
      Memory memory,
      long reservedBytes,
      PageTable pages,
      SizeClasses sizeClasses,
      LongUnaryOperator largeSizes,
      LongPredicate comesZeroed,
      Arena reachable) {
    return new Segments(
        state,
        memory,
        reservedBytes,
        pages,
        sizeClasses,
        largeSizes,
        comesZeroed,
        reachable,
        reachable.scope(),
        new KeepMapped(reachable),
        new BlockOwners());
  }

  /**
   * The segment of a block in the reservation that was just allocated.
   *
   * @throws OutOfMemoryError if the Java heap has no room for it; the caller gives the block back
   */
  public MemorySegment inReservation(long address, long size) {
    return MemorySegment.ofAddress(address).reinterpret(size, reachable, null);
  }

  /** As {@link #inReservation}, of any block. */
  public MemorySegment anywhere(long address, long size) {
    if (isInReservation(address)) {
      return inReservation(address, size);
    }
    Arena own = Arena.ofShared();
    MemorySegment segment = MemorySegment.ofAddress(address).reinterpret(size, own, keepMapped);
    owners.put(address, own);
    return segment;
  }

  private boolean isInReservation(long address) {
    return Long.compareUnsigned(address - memory.base(), reservedBytes) < 0;
  }

  /** Makes everything that has the scope of {@code lifetime} keep the memory mapped. */
  void keepMapped(Arena lifetime) {
    state.requireOpen();
    MemorySegment.NULL.reinterpret(0, lifetime, keepMapped);
  }

  /**
   * Notes that an arena has a block.
   *
   * @throws OutOfMemoryError if the Java heap has no room for it; the caller gives the block back
   */
  void own(long address, HakArena arena) {
    if (!isInReservation(address)) {
      owners.put(address, arena);
    }
  }

  /** Whether segments with this scope are in the reservation, and not of an arena. */
  public boolean areInReservation(MemorySegment.Scope scope) {
    return scope.equals(shared);
  }

  /**
   * Checks that a segment with the scope of the reservation is its whole block.
   *
   * @throws IllegalArgumentException if it is a slice
   */
  public void requireWhole(MemorySegment segment) {
    if (isSlice(segment.address() - memory.base(), segment.byteSize())) {
      throw notAllocated(segment, "it is a slice: free the segment that was allocated");
    }
  }

  /** Whether a segment does not begin where its block does, or is longer. */
  private boolean isSlice(long offset, long size) {
    int block = Memory.refOfOffset(offset);
    int sizeClass = pages.sizeClassOf(block);
    if (sizeClass == 0) {
      return largeSizes.applyAsLong(memory.base() + offset) < Math.max(size, 1);
    }
    int blockBytes = sizeClasses.bytes(sizeClass);
    long slab = Integer.toUnsignedLong(pages.pageOf(pages.headOf(block))) * Memory.UNIT_BYTES;
    int inSlab = (int) (offset - slab) - sizeClasses.headBytes(sizeClass);
    return inSlab % sizeClasses.strideBytes(sizeClass) != 0 || size > blockBytes;
  }

  /**
   * Ends the scope of a segment outside of the reservation; to free its block is all that remains.
   *
   * @throws IllegalArgumentException if it is no segment that {@link #anywhere} returned
   * @throws IllegalStateException if it was freed, if it is being accessed, or after close
   */
  public void endScopeOf(MemorySegment segment) {
    state.requireOpen();
    if (!segment.isNative()) {
      throw notAllocated(segment, "it is a heap segment");
    }
    requireAlive(segment);
    Arena owner = owners.get(segment.address());
    if (owner == null || !owner.scope().equals(segment.scope())) {
      requireAlive(segment); // another thread may have freed it meanwhile
      throw notAllocated(segment, "it belongs to somebody else, or is a slice");
    }
    if (owner instanceof HakArena) {
      throw notAllocated(segment, "it belongs to an arena, which frees it when it is closed");
    }
    end(owner);
    owners.remove(segment.address());
  }

  private static void requireAlive(MemorySegment segment) {
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException(
          "Already closed: " + segment + " was freed, or its arena was closed");
    }
  }

  /**
   * Ends the scope of a block or of an arena; of several threads that try one does, the others
   * throw.
   */
  static void end(Arena lifetime) {
    try {
      lifetime.close();
    } catch (OutOfMemoryError e) {
      if (lifetime.scope().isAlive()) {
        throw e;
      } // else it has ended, and there was no room to run the close action, which does nothing
    }
  }

  private IllegalArgumentException notAllocated(MemorySegment segment, String reason) {
    state.requireOpen();
    return new IllegalArgumentException(
        segment + " is no segment that allocator '" + state.profile() + "' allocated: " + reason);
  }

  /**
   * Before a block outside of the reservation is freed by its address: ends its scope, if it has
   * one of its own.
   *
   * @throws IllegalArgumentException if the block belongs to an open arena
   * @throws IllegalStateException if its segment is being accessed
   */
  public void forget(long address) {
    Arena owner = isInReservation(address) ? null : owners.get(address);
    if (owner == null) {
      return;
    }
    if (!(owner instanceof HakArena)) {
      end(owner);
    } else if (owner.scope().isAlive()) {
      throw new IllegalArgumentException(
          String.format(
              "the block at 0x%x belongs to an arena of allocator '%s', which frees it when it is"
                  + " closed",
              address, state.profile()));
    }
    owners.remove(address);
  }

  /** Whether a block outside of the reservation is a segment. */
  public boolean hasSegment(long address) {
    return !isInReservation(address) && owners.get(address) != null;
  }
}
