package hak.store.peers;

import java.lang.foreign.MemorySegment;

/**
 * A store of values under the numbers 0, 1, 2, ... Every value is the same data, which a peer is
 * given beforehand and keeps in the form it likes best. Used by one thread.
 */
interface Peer extends AutoCloseable {
  /** What a reader does with a value; not to be kept. */
  @FunctionalInterface
  interface Reader {
    /** Reads. */
    long read(MemorySegment value);
  }

  /** A row of operations begins; for peers that can do several at a time. */
  default void begin(boolean writing) {}

  /** The row ends; all of it is done after this. */
  default void end() {}

  /** Stores the data under a number that has none. */
  void put(int index);

  /** Reads the value of a number that has one; in place where the peer can. */
  long get(int index, Reader reader);

  /** Deletes the value of a number that has one. */
  void delete(int index);

  @Override
  void close();
}
