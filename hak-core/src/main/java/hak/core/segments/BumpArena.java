package hak.core.segments;

import hak.core.HakAllocator;
import hak.core.ScopedArena;
import hak.core.inside.ArenaView;
import hak.core.memory.StackRoom;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Cuts segments out of chunks, which are blocks of a stack; their liveness is that of a JDK arena
 * inside. Confined to a thread, or used by one at a time: then its user holds a lock.
 *
 * <pre>
 *   chunk      | segments, each at its alignment | room |
 *              chunkAddress                      next   limit
 *
 *   lifetime   blocks   limit   allocate    reset          close
 *   alive      some     &gt; 0   allocates   begins anew    ends the lifetime, then frees all
 *   ended      some     -1      throws      goes on (1)    frees the rest: it failed half-way before
 *   ended      none     -1      throws      throws         throws            (1) throws after a close
 * </pre>
 *
 * <p>Invariants: every block of the arena is {@code chunkAddress} or among the first {@code
 * blockCount} of {@code blocks}. While {@code limit > 0}, {@code chunkAddress <= next <= limit},
 * and {@code chunk} has the scope of the lifetime.
 *
 * <p><b>Why the first chunk comes with the arena.</b> {@code chunk} then has one value in a method
 * that opens an arena, allocates a little and closes it, so the JIT compiler keeps the arena, its
 * scope and its segments in registers: 8.5 ns instead of 21 for one allocation of 64 bytes.
 *
 * <p><b>Why other quick paths ask for no room on the stack.</b> Before the last call that may fail
 * they change nothing, and what ends an arena goes on where it failed.
 */
final class BumpArena implements ScopedArena, ArenaView {
  private static final long FIRST_CHUNK_BYTES = 1 << 10;
  private static final long LARGEST_CHUNK_BYTES = 32 << 10;

  /** A request above this part of the next chunk gets a block of its own. */
  private static final int LARGE_PART = 4;

  private static final int FIRST_BLOCKS = 8;
  private static final long[] NONE = {};

  private final HakAllocator allocator;
  private final Segments segments;
  private final Thread owner;
  private final boolean zeroed;

  private Arena lifetime;
  private MemorySegment chunk;
  private long chunkAddress;
  private long next;
  private long limit;
  private boolean closed;
  private long[] blocks = NONE;
  private int blockCount;
  private long heldBytes = FIRST_CHUNK_BYTES;

  /** Link of the list of an {@link ArenaBatch} that this is done with. */
  BumpArena nextDone;

  /**
   * Open, with its first chunk.
   *
   * @param owner the thread it is confined to; null when a lock guards it
   * @throws IllegalStateException if the stack is closed
   */
  BumpArena(
      HakAllocator allocator, Segments segments, Arena lifetime, Thread owner, boolean zeroed) {
    this.allocator = allocator;
    this.segments = segments;
    this.lifetime = lifetime;
    this.owner = owner;
    this.zeroed = zeroed;
    StackRoom.forSequence();
    chunkAddress = allocator.malloc(FIRST_CHUNK_BYTES);
    try {
      chunk = segments.chunk(chunkAddress, FIRST_CHUNK_BYTES, lifetime);
      if (!segments.isInReservation(chunkAddress)) { // rare, so that the compiler leaves it out
        segments.own(chunkAddress, this);
      }
    } catch (Throwable e) {
      allocator.free(chunkAddress);
      throw e;
    }
    next = chunkAddress;
    limit = chunkAddress + FIRST_CHUNK_BYTES;
  }

  // ---- allocation

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    requireOwner();
    long start = (next + byteAlignment - 1) & -byteAlignment;
    long taken = Math.max(byteSize, 1); // segments of 0 bytes have addresses of their own
    if (byteSize < 0
        || taken > limit - start
        || byteAlignment <= 0
        || Long.bitCount(byteAlignment) != 1
        || !segments.state().isOpen()) {
      return allocateSlow(byteSize, byteAlignment);
    }
    MemorySegment segment = chunk.asSlice(start - chunkAddress, byteSize);
    if (zeroed) {
      segment.fill((byte) 0);
    }
    next = start + taken;
    return segment;
  }

  @SuppressWarnings("ReferenceEquality") // a subclass of Thread may say that it equals another
  private void requireOwner() {
    if (owner != null && owner != Thread.currentThread()) {
      throw new WrongThreadException("Attempted access outside owning thread");
    }
  }

  private MemorySegment allocateSlow(long byteSize, long byteAlignment) {
    StackRoom.forSequence();
    segments.state().requireOpen();
    requireAlive();
    reserveBlock();
    long chunkBytes = Math.min(2 * chunk.byteSize(), LARGEST_CHUNK_BYTES);
    long most = chunkBytes / LARGE_PART;
    if (byteSize < 0
        || byteSize > most
        || byteAlignment <= 0
        || byteAlignment > most
        || Long.bitCount(byteAlignment) != 1) {
      return allocateBlock(byteSize, byteAlignment);
    }
    beginChunk(chunkBytes);
    return allocate(byteSize, byteAlignment);
  }

  /** Refuses an arena that has ended, before a block is taken. */
  private void requireAlive() {
    if (limit < 0) {
      throw new IllegalStateException("Already closed");
    }
    MemorySegment.NULL.reinterpret(0, lifetime, null);
  }

  /** Makes room for one more block, while nothing has changed. */
  private void reserveBlock() {
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(FIRST_BLOCKS, 2 * blockCount));
    }
  }

  private boolean comesZeroed(long address, long byteSize) {
    return byteSize > segments.sizeClasses().largestBytes() && segments.comesZeroed().test(address);
  }

  private MemorySegment allocateBlock(long byteSize, long byteAlignment) {
    long address = allocator.malloc(byteSize, byteAlignment);
    try {
      MemorySegment segment =
          MemorySegment.ofAddress(address).reinterpret(byteSize, lifetime, null);
      if (zeroed && !comesZeroed(address, byteSize)) {
        segment.fill((byte) 0);
      }
      segments.own(address, this);
      blocks[blockCount++] = address;
      heldBytes += byteSize;
      return segment;
    } catch (Throwable e) {
      allocator.free(address); // nobody owns it yet
      throw e;
    }
  }

  private void beginChunk(long chunkBytes) {
    long address = allocator.malloc(chunkBytes);
    MemorySegment begun;
    try {
      begun = MemorySegment.ofAddress(address).reinterpret(chunkBytes, lifetime, null);
      segments.own(address, this);
    } catch (Throwable e) {
      allocator.free(address); // nobody owns it yet
      throw e;
    }
    blocks[blockCount++] = chunkAddress;
    useChunk(begun, address);
    heldBytes += chunkBytes;
  }

  private void useChunk(MemorySegment segment, long address) {
    chunk = segment;
    chunkAddress = address;
    next = address;
    limit = address + segment.byteSize();
  }

  // ---- the end

  @Override
  public MemorySegment.Scope scope() {
    return lifetime.scope();
  }

  @Override
  public void reset() {
    requireOwner();
    segments.state().requireOpen();
    if (closed) {
      throw new IllegalStateException("Already closed");
    }
    Arena fresh = owner != null ? Arena.ofConfined() : Arena.ofShared();
    MemorySegment begun = segments.chunk(chunkAddress, chunk.byteSize(), fresh);
    endLifetime();
    freeBlocks();
    lifetime = fresh;
    useChunk(begun, chunkAddress);
  }

  @Override
  public void close() {
    requireOwner();
    if (chunkAddress == 0) {
      throw new IllegalStateException("Already closed");
    }
    endLifetime();
    closed = true;
    freeAll();
  }

  /** Ends the lifetime, unless a reset or close that failed did. */
  private void endLifetime() {
    if (lifetime.scope().isAlive()) {
      Segments.end(lifetime);
    }
    limit = -1;
  }

  /** Frees all blocks of an arena whose lifetime has ended; goes on where it failed. */
  void freeAll() {
    limit = -1;
    freeBlocks();
    if (chunkAddress != 0) {
      free(chunkAddress);
      chunkAddress = 0;
    }
  }

  private void freeBlocks() {
    while (blockCount > 0) {
      free(blocks[blockCount - 1]);
      blockCount--;
    }
    heldBytes = chunk.byteSize();
  }

  private void free(long block) {
    try {
      allocator.free(block);
    } catch (IllegalStateException e) {
      if (segments.state().isOpen()) {
        throw e;
      } // else the block is gone with the stack
    }
  }

  // ---- for who keeps it

  /** The bytes of its blocks: what was asked for. */
  long heldBytes() {
    return heldBytes;
  }

  @Override
  public long[] blocks() {
    if (chunkAddress == 0) {
      return NONE.clone();
    }
    long[] all = Arrays.copyOf(blocks, blockCount + 1);
    all[blockCount] = chunkAddress;
    return all;
  }
}
