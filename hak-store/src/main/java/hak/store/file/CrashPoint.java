package hak.store.file;

import hak.store.ObjectStore;

/**
 * Called between the steps of every change to shared memory, so that a test can end the process
 * there. Nothing in a store that was opened by {@link ObjectStore#open}.
 */
public interface CrashPoint {
  /** Does nothing, and compiles to nothing. */
  CrashPoint NONE = () -> {};

  /** A change has come to this point; returns, or ends the process. */
  void reached();
}
