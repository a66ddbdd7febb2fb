package hak.store;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * An object being read, in place. Until it is closed its bytes stay where they are, whoever deletes
 * the object meanwhile. Any thread may read and close it.
 *
 * <p>A view that is never closed keeps its object's space until the process ends; {@link LostViews}
 * finds those.
 */
public interface ObjectView extends AutoCloseable {
  /** The object. */
  ObjectRef ref();

  /** Bytes of data, 0 or more. */
  long sizeBytes();

  /**
   * What was said of the object when it was created.
   *
   * @throws IllegalStateException when the view was closed
   */
  ObjectMetadata metadata();

  /**
   * The data, read-only, not copied. Not to be touched after {@link #close}: the memory is then
   * given to other objects. {@link #copyTo} is for who cannot trust that nobody truncates the file.
   *
   * @throws IllegalStateException when the view was closed
   */
  MemorySegment segment();

  /**
   * The data as a buffer, read-only, not copied, with the byte order of new buffers; what is said
   * of {@link #segment} holds for it.
   *
   * @throws IllegalStateException when the view was closed, or is longer than a buffer can be, 2^31
   *     - 1 bytes
   */
  default ByteBuffer buffer() {
    return segment().asByteBuffer();
  }

  /**
   * A stream of the data from its begin, for one thread at a time; it has a mark. After {@link
   * #close} it throws IllegalStateException.
   */
  default InputStream inputStream() {
    return new ViewStream(this);
  }

  /**
   * Writes the data to a channel, without an array of the Java heap in between where the channel
   * needs none.
   *
   * @throws IOException when it cannot be written; a part of it may have been
   * @throws IllegalStateException when the view was closed
   */
  default void writeTo(WritableByteChannel out) throws IOException {
    ToOutside.write(this, out);
  }

  /**
   * Writes the data to a file, which is created, or overwritten where it is there.
   *
   * @throws IOException as {@link #writeTo(WritableByteChannel)}, and when it cannot be opened
   */
  default void writeTo(Path file) throws IOException {
    ToOutside.write(this, file);
  }

  /**
   * Whether the data is what was sealed, by its checksum. Reads all of it.
   *
   * @throws IllegalStateException when the view was closed
   */
  boolean isIntact();

  /**
   * Copies the data and checks the copy. For who must not fail in the midst of it: {@link #segment}
   * is the file itself, and when somebody truncates that, each access to what is gone throws
   * InternalError, or ends the JVM where the JDK does not expect it, as in CRC32C.
   *
   * @param target as long as the data at least; only the begin of it is written
   * @throws IndexOutOfBoundsException when it is shorter; nothing was written
   * @throws StoreCorruptException when the file was truncated, or the copy is not what was sealed;
   *     what is in {@code target} then means nothing
   * @throws IllegalStateException when the view was closed
   */
  void copyTo(MemorySegment target);

  /**
   * Lets go of the object, as soon as no other thread is in a call of this view. The second call
   * does nothing.
   */
  @Override
  void close();
}
