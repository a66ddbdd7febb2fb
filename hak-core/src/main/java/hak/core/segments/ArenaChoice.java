package hak.core.segments;

import hak.core.ArenaOption;
import hak.core.HakAllocator;
import hak.core.ScopedArena;

/** Which arena options ask for. */
public final class ArenaChoice {
  private ArenaChoice() {}

  /** An arena over an allocator of the stack, as {@code HakAllocator.arena(ArenaOption...)}. */
  public static ScopedArena open(
      Segments segments, HakAllocator allocator, ArenaOption... options) {
    boolean shared = false;
    boolean deferred = false;
    boolean zeroed = true;
    for (ArenaOption option : options) {
      shared |= option == ArenaOption.SHARED;
      deferred |= option == ArenaOption.DEFERRED;
      zeroed &= option != ArenaOption.UNINITIALIZED;
    }
    if (deferred) {
      return segments.deferredArena(allocator, zeroed);
    }
    return shared
        ? segments.sharedArena(allocator, zeroed)
        : segments.confinedArena(allocator, zeroed);
  }
}
