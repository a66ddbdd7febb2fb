package hak.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An arena over a stack: a region, in which an allocation moves a pointer on and all are given back
 * at once. Opened by {@link HakAllocator#arena()} and its siblings.
 *
 * <p>Small requests are cut out of chunks that begin with 1 KiB and double up to 32 KiB; a request
 * of more than a quarter of the next chunk gets a block of its own. Chunks and blocks come from the
 * stack and go back to it, through the caches of the thread that closes.
 *
 * <p>Arenas nest in any order: each has segments and a lifetime of its own. A single segment cannot
 * be freed before its arena ends, because its scope is the arena's, which cannot end in part; what
 * shall go earlier goes in an arena of its own, or is {@link HakAllocator#allocate(long, long)}. An
 * arena that is dropped and not closed keeps its memory until the allocator is closed.
 *
 * <p><b>Source.</b> Hanson, <i>Fast allocation and deallocation of memory based on object
 * lifetimes</i>, Software: Practice and Experience 20(1), 1990.
 */
public interface ScopedArena extends Arena {
  /**
   * Allocates a segment, zeroed unless the arena was opened with {@link ArenaOption#UNINITIALIZED}.
   *
   * @param byteSize 0 or more bytes; segments of 0 bytes have different addresses too
   * @param byteAlignment a power of two
   * @throws IllegalArgumentException if an argument is out of range
   * @throws IllegalStateException if the arena or the allocator is closed
   * @throws WrongThreadException if the arena is confined to another thread
   * @throws OutOfMemoryError if there is no memory for it, or no room on the Java heap; nothing
   *     changed then
   */
  @Override
  MemorySegment allocate(long byteSize, long byteAlignment);

  /**
   * Ends all segments as {@link #close} does, and begins anew with the largest chunk, which is
   * kept; so a loop that resets an arena soon works in one chunk. From here on {@link #scope} is
   * another one. A {@link ArenaOption#DEFERRED} arena keeps no chunk.
   *
   * <p>When it fails half-way, the segments have ended or not, no memory is lost, and reset or
   * close can be called again; until then allocations throw.
   *
   * @throws IllegalStateException if the arena or the allocator is closed, or, unless the arena is
   *     deferred, if a segment is being used in a native call or for input or output; nothing
   *     changed then
   * @throws WrongThreadException if the arena is confined to another thread
   */
  void reset();
}
