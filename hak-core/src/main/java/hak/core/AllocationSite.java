package hak.core;

import hak.core.spi.SiteRule;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/**
 * A place in a program that allocates, by its name: what the profile's {@code site-rules} ask for
 * there is added to each of its requests. Made once by {@link HakAllocator#site(String)}.
 *
 * <pre>{@code
 * private static final AllocationSite COUNTERS = HEAP.site("org.example.counters");
 *
 * long counter = COUNTERS.malloc(8);
 * HEAP.free(counter);
 * }</pre>
 *
 * <p>Blocks are the allocator's: freed, measured and resized there as any other. Keep the site in a
 * {@code static final} field: without a rule its {@code malloc} is then compiled to that of the
 * allocator and nothing else, with one to that and the arithmetic of the rule.
 *
 * <p>A rule asks and refuses nothing: where there is no memory for what it asks in addition, the
 * request is served as it stands. Negative sizes and those of 1 TiB or more are left as they are.
 *
 * <p><b>Threads and errors</b> are those of the allocator: any thread may call, every method but
 * {@link #allocator}, {@link #name} and {@link #rule} throws {@link IllegalStateException} after
 * the allocator's close, and after any exception everything is as before the call.
 */
public sealed interface AllocationSite extends SegmentAllocator permits PlainSite, RuledSite {
  /** Whose blocks these are. */
  HakAllocator allocator();

  /** What rules call the place. */
  String name();

  /** What is asked for here, settled when the site was made; {@link SiteRule#NONE} for nothing. */
  SiteRule rule();

  /**
   * As {@link HakAllocator#malloc(long)}, of at least {@code size} bytes.
   *
   * @param size 0 or more
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws OutOfMemoryError if there is no memory for {@code size}
   */
  long malloc(long size);

  /**
   * As {@link HakAllocator#malloc(long, long)}, at a multiple of {@code alignment} and of the
   * rule's.
   *
   * @param size 0 or more
   * @param alignment a power of two
   * @throws IllegalArgumentException if an argument is out of range
   * @throws OutOfMemoryError if there is no memory for {@code size} and {@code alignment}
   */
  long malloc(long size, long alignment);

  /**
   * As {@link HakAllocator#calloc}. What the rule adds is zero too.
   *
   * @throws IllegalArgumentException if an argument is negative or the product overflows
   * @throws OutOfMemoryError if there is no memory for the product
   */
  long calloc(long count, long size);

  /**
   * As {@link HakAllocator#realloc}, with what the rule asks for: the block stays where it is as
   * long as it has {@code newSize} bytes and not twice of what the rule makes of them, and has
   * headroom again when it moves. The allocator's own {@code realloc} knows no rule: it leaves a
   * block with a size class that is at least half in use where it is, and moves one of which less
   * is asked.
   *
   * @param address a block of the allocator, or 0 to allocate
   * @param newSize 0 or more
   * @throws IllegalArgumentException as {@link HakAllocator#realloc}; the old block stays as it was
   * @throws OutOfMemoryError if there is no memory for {@code newSize}; the old block stays as it
   *     was
   */
  long realloc(long address, long newSize);

  /**
   * As {@link HakAllocator#allocate(long, long)}: of {@code byteSize} bytes, whatever the rule
   * adds. Freed by {@link HakAllocator#free(MemorySegment)}.
   *
   * @param byteSize 0 or more
   * @param byteAlignment a power of two
   * @throws IllegalArgumentException if an argument is out of range
   * @throws OutOfMemoryError if there is no memory for it, or no room on the Java heap
   */
  @Override
  MemorySegment allocate(long byteSize, long byteAlignment);
}
