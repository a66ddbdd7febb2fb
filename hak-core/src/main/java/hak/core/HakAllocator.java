package hak.core;

import hak.core.memory.SizeClasses;
import hak.core.spi.SiteRule;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.stream.Stream;

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
   * Allocates {@code size} bytes at a multiple of {@code alignment}. A block of at most half its
   * alignment, from 16 KiB of alignment on, takes no memory for what lies up to the next multiple.
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
   * How many bytes a block of {@code size} bytes has at least, alignment aside: what {@link
   * #usableSize} would say, found without allocating. A table that grows by itself rounds its
   * capacity up with it.
   *
   * @param size 0 or more; {@code size} itself when no block can be so large
   * @throws IllegalArgumentException if {@code size} is negative
   */
  public abstract long goodSize(long size);

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
   * The segment of a block that the address API allocated: its bytes are checked against the
   * block's, its memory stays mapped while the segment can be reached, and no native access is
   * needed, unlike for {@link MemorySegment#reinterpret(long)}. Any thread may use it. It ends, or
   * does not end, as one of {@link #allocate(long, long)}, and may be freed by either API.
   *
   * @param address where a block of this allocator begins
   * @param byteSize 0 or more, at most {@link #usableSize}
   * @throws IllegalArgumentException if no block begins there, as far as that is known ({@link
   *     #free(MemorySegment)} says how far), if the block is shorter or is known to be an arena's,
   *     or if the size is negative
   * @throws OutOfMemoryError if the Java heap has no room for it
   */
  public abstract MemorySegment asSegment(long address, long byteSize);

  /**
   * Frees a segment that {@link #allocate(long, long)} or {@link #asSegment} returned: the segment
   * itself and not a slice of it.
   *
   * <p>A second free is refused until the block is used again: always while it is unused; after
   * that for as long as bytes 8 to 15 of the block are not written and the block is no segment
   * again. To know it, a free writes there.
   *
   * @throws IllegalArgumentException if it is another segment: of an arena or another allocator,
   *     not native, or a slice; a slice that begins where a block does is not told from it
   * @throws IllegalStateException if it was freed already, or if it is outside of the reservation
   *     and somebody is using it in a native call or for input or output
   */
  public abstract void free(MemorySegment segment);

  /**
   * An arena over this allocator for the running thread, which may be virtual: its segments are
   * zeroed, all are freed by {@link ScopedArena#close}, and afterwards any access throws {@link
   * IllegalStateException}.
   *
   * <p>It may be closed after the allocator. Until then its segments keep their memory mapped, as
   * those of {@link #allocate(long, long)} do. When a close fails half-way, closing again goes on.
   * The blocks of an arena that is dropped and not closed stay allocated until the allocator is
   * closed.
   *
   * @throws OutOfMemoryError if there is no memory for the first chunk, or no room on the Java heap
   */
  public abstract ScopedArena arena();

  /**
   * As {@link #arena()}, usable and closeable by any thread; see {@link ArenaOption#SHARED} for
   * what closing takes.
   */
  public abstract ScopedArena sharedArena();

  /**
   * As {@link #arena()}, with options: {@code arena(DEFERRED, UNINITIALIZED)}. Those named decide
   * which thread may use the arena, when its segments end and what is in them.
   */
  public abstract ScopedArena arena(ArenaOption... options);

  /**
   * A place that allocates, under the name by which the profile's site rules know it. They are
   * asked now and never again; without any, the site asks for nothing. Nothing is kept of a site,
   * and two may have one name.
   *
   * @param name any text; rules can name what has no spaces
   */
  public abstract AllocationSite site(String name);

  /**
   * The running place that allocates, named after it: {@code org.example.Index.grow}, class and
   * method of the caller. In the initialiser of a static field the method is {@code <clinit>} for
   * all fields of the class; they are told apart by names of their own, {@link #site(String)}.
   */
  public final AllocationSite site() {
    return site(StackWalker.getInstance().walk(HakAllocator::nameOfCaller));
  }

  private static String nameOfCaller(Stream<StackWalker.StackFrame> frames) {
    StackWalker.StackFrame caller =
        frames
            .dropWhile(frame -> frame.getClassName().equals(HakAllocator.class.getName()))
            .findFirst()
            .orElseThrow();
    return caller.getClassName() + "." + caller.getMethodName();
  }

  /** For hak.core: a site of this allocator with what the rules say of it. */
  protected final AllocationSite newSite(String name, SiteRule rule, SizeClasses sizeClasses) {
    return rule.equals(SiteRule.NONE)
        ? new PlainSite(this, name)
        : RuledSite.of(this, name, rule, sizeClasses);
  }

  /**
   * Gives back what is kept for later: caches of this thread, of dead ones and of living ones that
   * wait; empty slabs, parked superslabs, the memory behind free pages of others, and what closed
   * {@linkplain ArenaOption#DEFERRED deferred} arenas had.
   *
   * <p>May be called by any thread while others allocate. Each other platform thread with a heap is
   * looked at, which takes some 10 us and stops one that runs for as long; a thread that waits
   * outside of the allocator (parked, asleep, in {@link Object#wait()}, or for a socket) loses its
   * heap and gets one again in its next call. What virtual threads have in use at this moment
   * stays.
   *
   * @throws IllegalStateException after close
   */
  public abstract void trim();

  /**
   * Empties the heap of the running thread and leaves it to others; for threads that have done with
   * allocating.
   */
  public abstract void releaseThreadHeap();

  /**
   * Where every committed byte is; exact when no other thread is allocating. Goes through all slabs
   * and asks the system which pages have memory: 0.1 ms for a small stack, milliseconds for
   * gigabytes. For metrics see {@link #liveBytes}.
   */
  public abstract Ledger stats();

  /**
   * {@link Ledger#liveBytes}, for metrics: from the last time that the slabs were added up. That is
   * 10 ms ago or less, or so long that adding up takes a hundredth of the time of one thread: 0.5 s
   * for a stack of 32 GiB of small blocks. A call costs a look at the clock, and one in each such
   * time what adding up costs.
   */
  public abstract long liveBytes();

  /** What every layer did so far, if the profile has an observer that counts; else empty. */
  public abstract List<LayerCount> counts();

  /**
   * What was done last in each thread heap, the oldest first, if the profile has an observer that
   * remembers ({@code trace-ring}); else empty. Exact when no other thread is allocating.
   */
  public abstract List<LayerEvent> recentEvents();

  /**
   * What thread caches of other capacities would have done with those calls that were looked at,
   * one for each capacity, if the profile has an observer that asks ({@code cache-shadow}); else
   * empty.
   */
  public abstract List<ShadowCount> shadows();

  /** The resolved stack. */
  public abstract StackDescription describe();

  /**
   * What the stack is set to now, of what can be set while it runs, and why. Without a learner in
   * the profile that is what the profile says, always.
   */
  public abstract Policy policy();

  /**
   * Closes the stack: every later call throws {@link IllegalStateException}, and all memory goes
   * back to the system. Live blocks are reported to the logger {@code hak}. A stale address reads
   * zeros, until the allocator and all its segments are unreachable. Closing twice does nothing.
   * Any thread may close, also while others allocate.
   */
  @Override
  public abstract void close();
}
