package hak.store;

import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

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
   * @throws IllegalArgumentException when it does not fit, and nothing was copied; when {@code
   *     part} is mapped from a file that was truncated
   * @throws IllegalStateException after seal or close
   */
  void append(MemorySegment part);

  /** As {@link #append(MemorySegment)}, from its position to its limit, where it is afterwards. */
  default void append(ByteBuffer part) {
    append(MemorySegment.ofBuffer(part));
    part.position(part.limit());
  }

  /**
   * A stream whose bytes are appended as they come; what does not fit is an IOException. Each write
   * is added up by itself, so single bytes want a BufferedOutputStream around it. To close it does
   * nothing: the object is to be sealed or given up.
   */
  default OutputStream outputStream() {
    return new AppendStream(this);
  }

  /**
   * The space, as long as was asked for, or for less than 64 KiB a segment of the Java heap that is
   * copied when the object is sealed. Its first contents are arbitrary. What is sealed stays as it
   * is: after {@link #seal} or {@link #close} each access throws IllegalStateException, in every
   * thread, or changes nothing but that memory. To end the access to the space takes some 20 us,
   * more with many threads; where native access is not allowed to hak.core it is not ended.
   *
   * @throws IllegalStateException after seal or close
   */
  MemorySegment segment();

  /**
   * Makes the object readable and wakes who waits for it. Data that was written through {@link
   * #segment} is read once for its checksum.
   *
   * @throws IllegalStateException after seal or close; while a channel or a native call uses the
   *     segment, and then the object is as before
   * @throws StoreCorruptException when the file was truncated; the object is not readable
   */
  ObjectRef seal();

  /**
   * Gives up an object that was not sealed, its space returns; nothing after {@link #seal}.
   *
   * @throws IllegalStateException while a channel or a native call uses the segment, and then the
   *     object is as before
   */
  @Override
  void close();
}
