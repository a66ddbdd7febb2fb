package hak.core.segments;

import hak.core.HakAllocator;
import hak.core.ScopedArena;
import hak.core.inside.ArenaView;
import hak.core.memory.StackRoom;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A {@link BumpArena} for any thread, behind a lock; its segments end when it is closed. */
final class SharedArena implements ScopedArena, ArenaView {
  private final BumpArena arena;

  SharedArena(HakAllocator allocator, Segments segments, boolean zeroed) {
    arena = new BumpArena(allocator, segments, Arena.ofShared(), null, zeroed);
  }

  @Override
  public synchronized MemorySegment allocate(long byteSize, long byteAlignment) {
    return arena.allocate(byteSize, byteAlignment);
  }

  @Override
  public synchronized MemorySegment.Scope scope() {
    return arena.scope();
  }

  @Override
  public synchronized void reset() {
    StackRoom.forSequence(); // the JVM's handshake must not be met by the end of the stack
    arena.reset();
  }

  @Override
  public synchronized void close() {
    StackRoom.forSequence();
    arena.close();
  }

  @Override
  public synchronized long[] blocks() {
    return arena.blocks();
  }
}
