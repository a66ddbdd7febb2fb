package hak.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;

/**
 * An open stack: one specialised allocator. Made by {@link Hak#open(String)}.
 *
 * <p>Two APIs share the memory. The <b>address API</b> ({@link #malloc(long)}, {@link #free(long)},
 * ...) is the fast one: addresses are plain numbers and nothing stands between a stale address and
 * its memory. The <b>segment API</b> ({@link #allocate(long, long)}, {@link #arena()}) is the safe
 * one: bounds are checked, and segments of an arena throw once it is closed.
 *
 * <p>Keep the allocator in a {@code static final} field: the JIT compiler then knows its exact
 * class and compiles the whole stack into the caller.
 *
 * <p><b>Threads.</b> Any thread may call any method, and any thread may free what another
 * allocated. Platform threads get a heap of their own on first use; virtual threads share a few.
 *
 * <p><b>Errors.</b> Sizes are in bytes. Every method throws {@link IllegalStateException} after
 * {@link #close}. After any exception the allocator is as before the call.
 */
public abstract class HakAllocator implements SegmentAllocator, AutoCloseable {
  /** Alignment in bytes of every block of 16 bytes or more. */
  public static final int MIN_ALIGNMENT = 16;

  /**
   * For hak.core, which makes all there are.
   *
   * @throws IllegalCallerException in a subclass of another module
   */
  protected HakAllocator() {
    if (getClass().getModule() != HakAllocator.class.getModule()) {
      throw new IllegalCallerException("only hak.core makes allocators; see Hak.open");
    }
  }

  /**
   * Allocates {@code size} bytes with undefined content.
   *
   * @param size 0 or more; 0 gives a unique block
   * @return the address: a multiple of 16, of 8 for sizes up to 8 where the profile has a class of
   *     8 bytes
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws OutOfMemoryError if the stack's reservation or the system has no memory for it
   */
  public abstract long malloc(long size);

  /**
   * Allocates {@code size} bytes at a multiple of {@code alignment}.
   *
   * @param size 0 or more
   * @param alignment a power of two
   * @throws IllegalArgumentException if an argument is out of range
   * @throws OutOfMemoryError if there is no memory for it
   */
  public abstract long malloc(long size, long alignment);

  /**
   * Allocates {@code count * size} bytes of zeros.
   *
   * @throws IllegalArgumentException if an argument is negative or the product overflows
   * @throws OutOfMemoryError if there is no memory for it
   */
  public abstract long calloc(long count, long size);

  /**
   * Changes the size of a block, in place where possible; the content up to the smaller size is
   * kept. A block above the size classes (32 KiB in the default profile) stays at a multiple of the
   * alignment that it was allocated with; a smaller one does where that makes it no more than a
   * quarter larger. {@link #realloc(long, long, long)} always keeps the one that is asked for.
   *
   * @param address a block of this allocator, or 0 to allocate
   * @param newSize 0 or more; 0 gives a block as {@code malloc(0)} does
   * @return the address of the block, which may have moved; then the old address is free
   * @throws IllegalArgumentException if {@code newSize} is negative or the address is no block of
   *     this allocator; the old block stays as it was
   * @throws OutOfMemoryError if there is no memory for it; the old block stays as it was
   */
  public abstract long realloc(long address, long newSize);

  /**
   * As {@link #realloc(long, long)}, and the block is at a multiple of {@code alignment}
   * afterwards, where it is or where it moves to.
   *
   * @param alignment a power of two
   * @throws IllegalArgumentException if {@code alignment} is none, or as {@link #realloc(long,
   *     long)}; the old block stays as it was
   * @throws OutOfMemoryError if there is no memory for it; the old block stays as it was
   */
  public abstract long realloc(long address, long newSize, long alignment);

  /**
   * Frees a block. The address must be one that this allocator returned and that was not freed
   * since; 0 does nothing.
   *
   * <p>A segment of the block ends as at {@link #free(MemorySegment)}.
   *
   * @throws IllegalArgumentException if no tier owns the address and the stack has no guard for it,
   *     or if it is a block outside of the reservation that belongs to an open arena
   * @throws IllegalStateException if it is outside of the reservation and somebody is using its
   *     segment in a native call or for input or output
   */
  public abstract void free(long address);

  /**
   * Frees a block whose size the caller knows. The size is a promise that checked stacks verify;
   * the others ignore it.
   *
   * @param size what was asked for at allocation
   * @throws IllegalArgumentException if {@code size} is negative, or as {@link #free(long)}
   */
  public abstract void free(long address, long size);

  /**
   * How many bytes of the block may be used: at least what was asked for.
   *
   * @throws IllegalArgumentException if the address is no block of this allocator
   */
  public abstract long usableSize(long address);

  /**
   * Allocates a segment with undefined content. Any thread may use it. Its memory stays mapped
   * while anybody can reach the segment, whatever becomes of the allocator: after {@link #close} it
   * reads as zero.
   *
   * <p>When its block is freed, a segment outside of the reservation ends: any access throws {@link
   * IllegalStateException}. In the default profile these are those above 2 MiB. A smaller one that
   * was freed is still accessible, and reads and writes what may be another block.
   *
   * @param byteSize 0 or more
   * @param byteAlignment a power of two
   * @throws IllegalArgumentException if an argument is out of range
   * @throws OutOfMemoryError if there is no memory for it, or no room on the Java heap
   */
  @Override
  public abstract MemorySegment allocate(long byteSize, long byteAlignment);

  /**
   * Frees a segment that {@link #allocate(long, long)} returned: the segment itself and not a slice
   * of it.
   *
   * @throws IllegalArgumentException if it is another segment: of an arena or another allocator,
   *     not native, or a slice; a slice that begins where a block does is not told from it
   * @throws IllegalStateException if it is outside of the reservation and was freed already, or
   *     somebody is using it in a native call or for input or output
   */
  public abstract void free(MemorySegment segment);

  /**
   * An arena over this allocator for the running thread: its segments are zeroed, all are freed by
   * {@link Arena#close}, and afterwards any access throws {@link IllegalStateException}.
   *
   * <p>It may be closed after the allocator. Until then its segments keep their memory mapped, as
   * those of {@link #allocate(long, long)} do. When a close fails half-way, closing again goes on.
   * The blocks of an arena that is dropped and not closed stay allocated until the allocator is
   * closed.
   */
  public abstract Arena arena();

  /** As {@link #arena()}, usable and closeable by any thread. */
  public abstract Arena sharedArena();

  /**
   * Gives back what is kept for later: caches of this thread and of dead ones, empty slabs, parked
   * superslabs.
   */
  public abstract void trim();

  /**
   * Empties the heap of the running thread and leaves it to others; for threads that have done with
   * allocating.
   */
  public abstract void releaseThreadHeap();

  /** Where every committed byte is; exact when no other thread is allocating. */
  public abstract Ledger stats();

  /** What every layer did so far, if the profile has an observer that counts; else empty. */
  public abstract List<LayerCount> counts();

  /**
   * What was done last in each thread heap, the oldest first, if the profile has an observer that
   * remembers ({@code trace-ring}); else empty. Exact when no other thread is allocating.
   */
  public abstract List<LayerEvent> recentEvents();

  /** The resolved stack. */
  public abstract StackDescription describe();

  /**
   * Closes the stack: every later call throws {@link IllegalStateException}, and all memory goes
   * back to the system. Live blocks are reported to the logger {@code hak}. A stale address reads
   * zeros, until the allocator and all its segments are unreachable. Closing twice does nothing.
   * Any thread may close, also while others allocate.
   */
  @Override
  public abstract void close();
}
