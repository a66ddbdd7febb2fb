package hak.model;

import hak.core.ScopedArena;
import java.util.ArrayList;
import java.util.List;

/**
 * An arena and what was allocated in it.
 *
 * @param isDeferred whether its segments stay accessible for a while after its end
 */
record OpenArena(ScopedArena arena, boolean isZeroed, boolean isDeferred, List<Block> blocks) {
  /** Nothing allocated yet. */
  OpenArena(ScopedArena arena, boolean isZeroed, boolean isDeferred) {
    this(arena, isZeroed, isDeferred, new ArrayList<>());
  }
}
