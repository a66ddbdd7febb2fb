package hak.core.inside;

import java.lang.foreign.Arena;

/** What an arena of a stack holds, for walkers and tests. */
public interface ArenaView {
  /**
   * The addresses of its blocks, in no order: chunks and blocks of their own. Exact when no other
   * thread uses the arena.
   */
  long[] blocks();

  /**
   * The blocks of an arena.
   *
   * @throws IllegalArgumentException if it is no arena of a stack
   */
  static long[] blocksOf(Arena arena) {
    if (arena instanceof ArenaView view) {
      return view.blocks();
    }
    throw new IllegalArgumentException(arena + " is no arena of a stack");
  }
}
