package hak.core;

import hak.core.inside.RawAccess;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.spi.SiteRule;
import java.lang.foreign.MemorySegment;

/**
 * A site with a rule, which makes another request of each. A record, so that the numbers of the
 * rule are constants of the machine code.
 *
 * <pre>
 *   raised(size) = size + headroom, at least leastBytes, up to a multiple of the alignment
 * </pre>
 *
 * <p>A request whose size is a multiple of the alignment mostly has a size class whose blocks are,
 * so that {@code malloc(raised)} is aligned by itself and goes the hot path.
 *
 * @param leastBytes what a request is raised to at least: one alignment too, where there is one
 * @param inClassBytes up to this size {@code malloc(raised)} is aligned by itself
 */
record RuledSite(
    HakAllocator allocator, String name, SiteRule rule, long leastBytes, long inClassBytes)
    implements AllocationSite {
  /** From 1 TiB on a size is left as it is: so the arithmetic cannot overflow. */
  private static final int LARGEST_SHIFT = 40;

  static RuledSite of(HakAllocator allocator, String name, SiteRule rule, SizeClasses classes) {
    long alignment = rule.alignment();
    return new RuledSite(
        allocator,
        name,
        rule,
        Math.max(rule.leastBytes(), alignment == 1 ? 0 : alignment),
        alignment <= HakAllocator.MIN_ALIGNMENT
            ? Long.MAX_VALUE
            : classes.multiplesAlignedUpTo(alignment));
  }

  private static boolean isLeftAlone(long size) {
    return size >>> LARGEST_SHIFT != 0;
  }

  private static boolean isAlignment(long alignment) {
    return alignment > 0 && Long.bitCount(alignment) == 1;
  }

  private long raised(long size) {
    long wanted = Math.max(size + size * rule.headroomPercent() / 100, leastBytes);
    return (wanted + rule.alignment() - 1) & -rule.alignment();
  }

  /** Whether a block of a raised size has this alignment without asking. */
  private boolean comesAligned(long raised, long alignment) {
    return alignment <= rule.alignment() && raised <= inClassBytes;
  }

  private boolean isAligned(long address) {
    return (address & (rule.alignment() - 1)) == 0;
  }

  @Override
  public long malloc(long size) {
    return malloc(size, 1);
  }

  @Override
  public long malloc(long size, long alignment) {
    if (isLeftAlone(size) || !isAlignment(alignment)) {
      return allocator.malloc(size, alignment);
    }
    long raised = raised(size);
    try {
      return comesAligned(raised, alignment)
          ? allocator.malloc(raised)
          : allocator.malloc(raised, Math.max(alignment, rule.alignment()));
    } catch (OutOfMemoryError e) {
      return allocator.malloc(size, alignment);
    }
  }

  @Override
  public long calloc(long count, long size) {
    long bytes = count * size;
    if ((count | size) < 0 || Math.multiplyHigh(count, size) != 0 || isLeftAlone(bytes)) {
      return allocator.calloc(count, size);
    }
    StackRoom.forSequence();
    long raised = raised(bytes);
    long address;
    try {
      address = allocator.calloc(1, raised);
    } catch (OutOfMemoryError e) {
      return allocator.calloc(count, size);
    }
    return aligned(address, raised);
  }

  @Override
  public long realloc(long address, long newSize) {
    if (address == 0) {
      return malloc(newSize);
    }
    if (isLeftAlone(newSize)) {
      return allocator.realloc(address, newSize);
    }
    long raised = raised(newSize);
    long usable = allocator.usableSize(address);
    if (newSize <= usable && raised >= usable / 2 && isAligned(address)) {
      return address;
    }
    StackRoom.forSequence();
    long moved;
    try {
      moved = allocator.realloc(address, raised);
    } catch (OutOfMemoryError e) {
      return allocator.realloc(address, newSize);
    }
    return aligned(moved, raised);
  }

  /**
   * Moves a block of at least {@code bytes} bytes to where the rule wants it: one without a size
   * class may be elsewhere. Where there is no memory for two, it stays.
   */
  private long aligned(long address, long bytes) {
    if (isAligned(address)) {
      return address;
    }
    long moved = 0;
    try {
      moved = allocator.malloc(bytes, rule.alignment());
      RawAccess.copy(address, moved, bytes);
      allocator.free(address);
      return moved;
    } catch (OutOfMemoryError e) {
      allocator.free(moved);
      return address;
    }
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    if (isLeftAlone(byteSize) || !isAlignment(byteAlignment)) {
      return allocator.allocate(byteSize, byteAlignment);
    }
    StackRoom.forSequence();
    long raised = raised(byteSize);
    MemorySegment whole;
    try {
      whole =
          comesAligned(raised, byteAlignment)
              ? allocator.allocate(raised, 1)
              : allocator.allocate(raised, Math.max(byteAlignment, rule.alignment()));
    } catch (OutOfMemoryError e) {
      return allocator.allocate(byteSize, byteAlignment);
    }
    try {
      return whole.asSlice(0, byteSize);
    } catch (Throwable e) {
      allocator.free(whole); // the Java heap had no room for the slice
      throw e;
    }
  }
}
