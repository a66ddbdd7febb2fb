package hak.core.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory lent for a time. Any thread may call. */
public final class Lease {
  private Lease() {}

  /**
   * The same memory for as long as an arena lives: after that each access throws
   * IllegalStateException. The arena frees nothing, and must end before the memory does.
   *
   * @throws IllegalCallerException when native access is not allowed to this module
   */
  public static MemorySegment of(MemorySegment memory, Arena arena) {
    return memory.reinterpret(arena, null);
  }
}
