package hak.core;

import hak.core.spi.SiteRule;
import java.lang.foreign.MemorySegment;

/** A site without a rule: the allocator under another name. A record, so that it is a constant. */
record PlainSite(HakAllocator allocator, String name) implements AllocationSite {
  @Override
  public SiteRule rule() {
    return SiteRule.NONE;
  }

  @Override
  public long malloc(long size) {
    return allocator.malloc(size);
  }

  @Override
  public long malloc(long size, long alignment) {
    return allocator.malloc(size, alignment);
  }

  @Override
  public long calloc(long count, long size) {
    return allocator.calloc(count, size);
  }

  @Override
  public long realloc(long address, long newSize) {
    return allocator.realloc(address, newSize);
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    return allocator.allocate(byteSize, byteAlignment);
  }
}
