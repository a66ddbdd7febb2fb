package hak.core.open;

import hak.core.AllocationSite;
import hak.core.ArenaOption;
import hak.core.HakAllocator;
import hak.core.LayerCount;
import hak.core.LayerEvent;
import hak.core.Ledger;
import hak.core.Policy;
import hak.core.ScopedArena;
import hak.core.ShadowCount;
import hak.core.StackDescription;
import hak.core.inside.StackView;
import hak.core.memory.StackRoom;
import hak.core.segments.ArenaChoice;
import hak.core.segments.Segments;
import hak.core.slow.SlowPath;
import hak.core.specialise.Specialised;
import hak.core.specialise.StackParts;
import hak.core.spi.CallLog;
import hak.core.spi.CallLog.Call;
import hak.core.spi.Observer;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A stack whose calls are told to a {@link CallLog}. It stands in front of the specialised one, of
 * which not a byte is different; only who asks for a log has it.
 *
 * <p>Arenas and sites are over this one, so that their blocks are told. Between taking a block and
 * returning it nothing can be thrown: there is room on the stack for all of it, and what a log
 * throws is dropped.
 */
public final class LoggedStack extends HakAllocator implements StackView.Source, Specialised {
  private final HakAllocator stack;
  private final StackParts parts;
  private final Segments segments;
  private final CallLog log;

  private LoggedStack(HakAllocator stack, StackParts parts, CallLog log) {
    this.stack = stack;
    this.parts = parts;
    this.segments = parts.segments();
    this.log = log;
  }

  /**
   * The stack itself if no observer of it has a log, else one in front of it.
   *
   * @param stack just opened; closed if an observer throws
   */
  public static HakAllocator of(HakAllocator stack) {
    StackParts parts = Specialised.partsOf(stack);
    HakAllocator logged = stack;
    try {
      for (Observer observer : parts.inside().observers()) {
        CallLog log = observer.callLog();
        if (log != null) {
          logged = new LoggedStack(logged, parts, log);
        }
      }
    } catch (Throwable e) {
      parts.closing().closeQuietly();
      throw e;
    }
    return logged;
  }

  /** A place in the order of calls; {@link CallLog#NONE} too if there is none to be had. */
  private long place() {
    try {
      return log.next();
    } catch (Throwable e) {
      return CallLog.NONE;
    }
  }

  private void tell(long place, Call call, long address, long size, long alignment) {
    if (place == CallLog.NONE) {
      return;
    }
    try {
      log.tell(place, call, address, size, alignment);
    } catch (Throwable ignored) {
      // The call is done: what became of the block does not depend on a log.
    }
  }

  private long allocated(Call call, long address, long size, long alignment) {
    tell(place(), call, address, size, alignment);
    return address;
  }

  private static Call callOf(long alignment) {
    return alignment <= MIN_ALIGNMENT ? Call.MALLOC : Call.ALIGNED;
  }

  @Override
  public long malloc(long size) {
    StackRoom.forSequence();
    return allocated(Call.MALLOC, stack.malloc(size), size, 1);
  }

  @Override
  public long malloc(long size, long alignment) {
    StackRoom.forSequence();
    return allocated(callOf(alignment), stack.malloc(size, alignment), size, alignment);
  }

  @Override
  public long calloc(long count, long size) {
    StackRoom.forSequence();
    return allocated(Call.CALLOC, stack.calloc(count, size), SlowPath.product(count, size), 1);
  }

  @Override
  public long realloc(long address, long newSize) {
    if (address == 0) {
      return malloc(newSize);
    }
    return resized(address, newSize, 1);
  }

  @Override
  public long realloc(long address, long newSize, long alignment) {
    if (address == 0) {
      return malloc(newSize, alignment);
    }
    SlowPath.requireAlignment(alignment);
    return resized(address, newSize, alignment);
  }

  /** The end of it is told as well when it fails: then the block stays. */
  private long resized(long address, long newSize, long alignment) {
    StackRoom.forSequence();
    tell(place(), Call.REALLOC_BEGIN, address, 0, 1);
    long moved = 0;
    try {
      moved =
          alignment == 1
              ? stack.realloc(address, newSize)
              : stack.realloc(address, newSize, alignment);
      return moved;
    } finally {
      tell(place(), Call.REALLOC_END, moved, moved == 0 ? 1 : newSize, 1);
    }
  }

  @Override
  public void free(long address) {
    StackRoom.forSequence();
    long place = address == 0 ? CallLog.NONE : place();
    stack.free(address);
    tell(place, Call.FREE, address, 0, 1);
  }

  @Override
  public void free(long address, long size) {
    StackRoom.forSequence();
    long place = address == 0 ? CallLog.NONE : place();
    stack.free(address, size);
    tell(place, Call.FREE, address, 0, 1);
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    StackRoom.forSequence();
    MemorySegment segment = stack.allocate(byteSize, byteAlignment);
    allocated(callOf(byteAlignment), segment.address(), byteSize, byteAlignment);
    return segment;
  }

  @Override
  public void free(MemorySegment segment) {
    StackRoom.forSequence();
    long place = place();
    stack.free(segment);
    tell(place, Call.FREE, segment.address(), 0, 1);
  }

  @Override
  public MemorySegment asSegment(long address, long byteSize) {
    return stack.asSegment(address, byteSize);
  }

  @Override
  public long usableSize(long address) {
    return stack.usableSize(address);
  }

  @Override
  public long goodSize(long size) {
    return stack.goodSize(size);
  }

  @Override
  public ScopedArena arena() {
    return segments.confinedArena(this, true);
  }

  @Override
  public ScopedArena sharedArena() {
    return segments.sharedArena(this, true);
  }

  @Override
  public ScopedArena arena(ArenaOption... options) {
    return ArenaChoice.open(segments, this, options);
  }

  @Override
  public AllocationSite site(String name) {
    segments.state().requireOpen();
    return newSite(name, parts.inside().boxes().ruleOf(name), parts.inside().sizeClasses());
  }

  @Override
  public void trim() {
    stack.trim();
  }

  @Override
  public void releaseThreadHeap() {
    stack.releaseThreadHeap();
  }

  @Override
  public Ledger stats() {
    return stack.stats();
  }

  @Override
  public long liveBytes() {
    return stack.liveBytes();
  }

  @Override
  public List<LayerCount> counts() {
    return stack.counts();
  }

  @Override
  public List<LayerEvent> recentEvents() {
    return stack.recentEvents();
  }

  @Override
  public List<ShadowCount> shadows() {
    return stack.shadows();
  }

  @Override
  public StackDescription describe() {
    return stack.describe();
  }

  @Override
  public Policy policy() {
    return stack.policy();
  }

  @Override
  public StackView view() {
    return parts.inside();
  }

  @Override
  public StackParts parts() {
    return parts;
  }

  @Override
  public void close() {
    stack.close();
  }
}
