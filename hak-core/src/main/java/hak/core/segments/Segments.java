package hak.core.segments;

import hak.core.HakAllocator;
import hak.core.ScopedArena;
import hak.core.close.OpenState;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
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
 * and by {@link BumpArena} and {@link ArenaBatch}, which free after. Blocks in the reservation need
 * none of this; freed, they stay mapped.
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
 * @param owners the arenas of blocks outside of the reservation: {@link BumpArena} or one of its
 *     own
 * @param batches of deferred arenas
 * @param freedMarks which blocks of the reservation were freed as segments
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
    BlockOwners owners,
    ArenaBatches batches,
    FreedMarks freedMarks) {

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
        new BlockOwners(),
        new ArenaBatches(state),
        FreedMarks.of(memory));
  }

  // ---- segments of blocks

  /**
   * The segment of a block in the reservation.
   *
   * @throws OutOfMemoryError if the Java heap has no room for it; the caller gives the block back
   */
  public MemorySegment inReservation(long address, long size) {
    return MemorySegment.ofAddress(address).reinterpret(size, reachable, null);
  }

  /** Before a block of a size class that was just allocated becomes a segment. */
  public void prepare(long address) {
    freedMarks.clear(Memory.refOfOffset(address - memory.base()));
  }

  /** As {@link #inReservation}, of any block that was just allocated. */
  public MemorySegment anywhere(long address, long size) {
    if (isInReservation(address)) {
      prepareIfMarkable(address);
      return inReservation(address, size);
    }
    Arena own = Arena.ofShared();
    MemorySegment segment = MemorySegment.ofAddress(address).reinterpret(size, own, keepMapped);
    owners.put(address, own);
    return segment;
  }

  private void prepareIfMarkable(long address) {
    int block = Memory.refOfOffset(address - memory.base());
    if (isMarkable(block)) {
      freedMarks.clearIfSet(block);
    }
  }

  private boolean isMarkable(int block) {
    int sizeClass = pages.sizeClassOf(block);
    return sizeClass != 0 && sizeClasses.bytes(sizeClass) >= FreedMarks.SMALLEST_BYTES;
  }

  /**
   * The segment of a block that exists.
   *
   * @throws IllegalArgumentException if there is no such block, or it is shorter
   * @throws OutOfMemoryError if the Java heap has no room for it; nothing changed then
   */
  public MemorySegment of(long address, long size) {
    StackRoom.forSequence();
    state.requireOpen();
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " is negative");
    }
    if (isInReservation(address)) {
      if (isSlice(address - memory.base(), size)) {
        throw notABlock(address, size);
      }
      prepareIfMarkable(address);
      return inReservation(address, size);
    }
    return ofOutside(address, size);
  }

  private MemorySegment ofOutside(long address, long size) {
    if (largeSizes.applyAsLong(address) < Math.max(size, 1)) {
      throw notABlock(address, size);
    }
    Arena fresh = Arena.ofShared();
    MemorySegment segment = MemorySegment.ofAddress(address).reinterpret(size, fresh, keepMapped);
    Arena owner = owners.putIfAbsent(address, fresh);
    if (owner == null) {
      return segment;
    }
    if (owner instanceof BumpArena) {
      throw ofAnArena(address);
    }
    return MemorySegment.ofAddress(address).reinterpret(size, owner, null);
  }

  private IllegalArgumentException notABlock(long address, long size) {
    return new IllegalArgumentException(
        String.format(
            "no block of %,d B or more begins at 0x%x in allocator '%s': it is shorter, was freed,"
                + " or the address is inside of it",
            size, address, state.profile()));
  }

  private IllegalArgumentException ofAnArena(long address) {
    return new IllegalArgumentException(
        String.format(
            "the block at 0x%x belongs to an arena of allocator '%s', which frees it when it is"
                + " closed",
            address, state.profile()));
  }

  boolean isInReservation(long address) {
    return Long.compareUnsigned(address - memory.base(), reservedBytes) < 0;
  }

  // ---- arenas

  /** An arena of the running thread. */
  public ScopedArena confinedArena(HakAllocator allocator, boolean zeroed) {
    return new BumpArena(allocator, this, Arena.ofConfined(), Thread.currentThread(), zeroed);
  }

  /** An arena of all threads. */
  public ScopedArena sharedArena(HakAllocator allocator, boolean zeroed) {
    return new SharedArena(allocator, this, zeroed);
  }

  /** An arena of all threads whose segments end with those of others. */
  public ScopedArena deferredArena(HakAllocator allocator, boolean zeroed) {
    StackRoom.forSequence(); // who joins a batch leaves it
    ArenaBatch batch = batches.join();
    try {
      return new DeferredArena(allocator, this, batch, zeroed);
    } catch (Throwable e) {
      batches.leave(batch, null);
      throw e;
    }
  }

  /**
   * The segment of a chunk; everything that has the scope of its lifetime keeps the memory mapped.
   */
  MemorySegment chunk(long address, long size, Arena lifetime) {
    return MemorySegment.ofAddress(address).reinterpret(size, lifetime, keepMapped);
  }

  /**
   * Notes that an arena has a block.
   *
   * @throws OutOfMemoryError if the Java heap has no room for it; the caller gives the block back
   */
  void own(long address, BumpArena arena) {
    if (!isInReservation(address)) {
      owners.put(address, arena);
    }
  }

  /** Ends the scopes of closed arenas that are set aside, as far as nobody uses them. */
  public void endDeferred() {
    StackRoom.forSequence();
    batches.flush();
  }

  // ---- freeing

  /** Whether segments with this scope are in the reservation, and not of an arena. */
  public boolean areInReservation(MemorySegment.Scope scope) {
    return scope.equals(shared);
  }

  /**
   * Before a segment with the scope of the reservation is freed: checks that it is its whole block,
   * and marks it as freed.
   *
   * @return what the mark replaced, for {@link #takeBack}
   * @throws IllegalArgumentException if it is a slice
   * @throws IllegalStateException if it was freed, or after close
   */
  public long markFreed(MemorySegment segment) {
    state.requireOpen();
    long offset = segment.address() - memory.base();
    if (isSlice(offset, segment.byteSize())) {
      throw notAllocated(
          segment, "it was freed, or is a slice: free the segment that was allocated");
    }
    int block = Memory.refOfOffset(offset);
    if (!isMarkable(block)) {
      return 0;
    }
    long before = freedMarks.set(block);
    if (freedMarks.isMark(block, before)) {
      throw freedAlready(segment);
    }
    if (before == 0) {
      requireHandedOut(segment, block);
    }
    return before;
  }

  /** A block whose memory went back to the system since it was freed is zero and has no mark. */
  private void requireHandedOut(MemorySegment segment, int block) {
    int head = pages.headOf(block);
    int sizeClass = pages.sizeClass(head);
    int inSlab = (block - pages.pageOf(head)) * Memory.UNIT_BYTES;
    if (inSlab / sizeClasses.strideBytes(sizeClass) >= pages.carved(head)) {
      freedMarks.undo(block, 0);
      throw freedAlready(segment);
    }
  }

  /** Undoes {@link #markFreed}: the block was not freed after all. */
  public void takeBack(MemorySegment segment, long before) {
    int block = Memory.refOfOffset(segment.address() - memory.base());
    if (isMarkable(block)) {
      freedMarks.undo(block, before);
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
      throw notAllocated(segment, "it belongs to an arena or to somebody else, or is a slice");
    }
    if (owner instanceof BumpArena) {
      throw notAllocated(segment, "it belongs to an arena, which frees it when it is closed");
    }
    end(owner);
    owners.remove(segment.address());
  }

  private static void requireAlive(MemorySegment segment) {
    if (!segment.scope().isAlive()) {
      throw freedAlready(segment);
    }
  }

  private static IllegalStateException freedAlready(MemorySegment segment) {
    return new IllegalStateException(
        "Already closed: " + segment + " was freed, or its arena was closed");
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
    if (!(owner instanceof BumpArena)) {
      end(owner);
    } else if (owner.scope().isAlive()) {
      throw ofAnArena(address);
    }
    owners.remove(address);
  }

  /** Whether a block outside of the reservation is a segment. */
  public boolean hasSegment(long address) {
    return !isInReservation(address) && owners.get(address) != null;
  }
}
