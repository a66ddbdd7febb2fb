package hak.store;

import java.lang.foreign.MemorySegment;

/**
 * An object being written, in place: its space is taken, nobody can read it. {@link #seal} makes it
 * readable and final, {@link #close} before that gives it up. When the process dies before sealing,
 * the object vanishes.
 *
 * <p>Any thread may write; sealing and closing belong to one.
 */
public interface WritableObject extends AutoCloseable {
  /**
   * The object; readers can wait for it with {@link ObjectStore#get(ObjectRef,
   * java.time.Duration)}.
   */
  ObjectRef ref();

  /**
   * Copies data behind what was appended before. Adds it up on the way, so an object that is
   * written by this alone is sealed without reading it again.
   *
   * @throws IllegalArgumentException when it does not fit; nothing was copied
   * @throws IllegalStateException after seal or close
   */
  void append(MemorySegment part);

  /**
   * The space, as long as was asked for. Its first contents are arbitrary. Not to be touched after
   * {@link #seal} or {@link #close}.
   *
   * @throws IllegalStateException after seal or close
   */
  MemorySegment segment();

  /**
   * Makes the object readable and wakes who waits for it. Data that was written through {@link
   * #segment} is read once for its checksum.
   *
   * @throws IllegalStateException after seal or close
   * @throws StoreCorruptException when the file was truncated; the object is not readable
   */
  ObjectRef seal();

  /** Gives up an object that was not sealed, its space returns; nothing after {@link #seal}. */
  @Override
  void close();
}
