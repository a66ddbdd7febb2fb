package hak.core;

/** How an arena is opened; see {@link HakAllocator#arena(ArenaOption...)}. */
public enum ArenaOption {
  /**
   * Any thread may use and close the arena. {@link java.lang.foreign.Arena#close} waits until no
   * thread is in the middle of an access, for which the JVM interrupts them all: tens of
   * microseconds.
   */
  SHARED,

  /**
   * Shared, and closing does not interrupt anybody: {@link java.lang.foreign.Arena#close} and
   * {@link ScopedArena#reset} say that the arena is done with, and the JVM ends the scopes of up to
   * 64 such arenas at once.
   *
   * <p><b>What a stale access gets.</b> Until then the segments of a closed arena stay accessible:
   * an access reads and writes memory that is set aside, still with the content of that arena, and
   * never memory that anybody else has. Afterwards it throws {@link IllegalStateException}, as
   * always. The arena itself refuses to allocate at once.
   *
   * <p><b>When the scopes end.</b> As soon as 64 arenas were opened together, or 1 MiB of them is
   * set aside, no further ones join them, and their scopes end when the last of them is closed.
   * {@link HakAllocator#trim} and {@link HakAllocator#close} let none join any more. So an arena
   * that stays open for long holds back what up to 63 others had. While more than 16 MiB of the
   * allocator are set aside, the scope of a new arena is its own and ends when it is closed.
   *
   * <p>Closing never throws because a segment is being used in a native call or for input or
   * output; its memory is set aside until that is over.
   */
  DEFERRED,

  /** Segments have undefined content. */
  UNINITIALIZED
}
