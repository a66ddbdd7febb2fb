package hak.store;

import java.lang.foreign.MemorySegment;

/**
 * An object being read, in place. Until it is closed its bytes stay where they are, whoever deletes
 * the object meanwhile. Any thread may read and close it.
 *
 * <p>A view that is never closed keeps its object's space until the process ends.
 */
public interface ObjectView extends AutoCloseable {
  /** The object. */
  ObjectRef ref();

  /** Bytes of data, 0 or more. */
  long sizeBytes();

  /**
   * The data, read-only, not copied. Not to be touched after {@link #close}: the memory is then
   * given to other objects.
   *
   * @throws IllegalStateException when the view was closed
   */
  MemorySegment segment();

  /**
   * Whether the data is what was sealed, by its checksum. Reads all of it.
   *
   * @throws IllegalStateException when the view was closed
   */
  boolean isIntact();

  /** Lets go of the object. The second call does nothing. */
  @Override
  void close();
}
