package hak.store;

/**
 * What becomes of a view that is never closed, which keeps its object's space from being used
 * again.
 *
 * <p>To find one costs each view some 20 us, most of it for its close, which ends the access to its
 * segment in all threads. In return that is safe: after the close each access throws
 * IllegalStateException. Where native access is not allowed to hak.core, all are ignored.
 */
public enum LostViews {
  /** Nothing, until the process ends. Views cost nothing beside what a view is. */
  IGNORED,

  /**
   * When nobody can reach it any more, nor a segment of it, and the garbage collector has noticed,
   * it is closed, counted ({@link StoreProcess#lostViews}), and a warning is logged, of the first,
   * second, fourth, eighth and so on.
   */
  RELEASED,

  /** As RELEASED, and the warning says where the view was opened. */
  TRACED
}
