package hak.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Objects out of files and streams, a piece at a time: a piece stays in the cache of the processor
 * between being read and being copied and added up. An object that cannot be read to its end is
 * given up.
 */
final class FromOutside {
  private static final int PIECE_BYTES = 256 << 10;

  private FromOutside() {}

  /** Nameless when the name is null. */
  private static WritableObject create(ObjectStore store, String name, long sizeBytes) {
    return name == null ? store.create(sizeBytes) : store.create(name, sizeBytes);
  }

  private static int piece(long sizeBytes) {
    return Math.clamp(sizeBytes, 1, PIECE_BYTES);
  }

  static ObjectRef put(ObjectStore store, String name, InputStream in, long sizeBytes)
      throws IOException {
    try (WritableObject object = create(store, name, sizeBytes)) {
      byte[] piece = new byte[piece(sizeBytes)];
      for (long left = sizeBytes; left > 0; ) {
        int count = in.read(piece, 0, (int) Math.min(piece.length, left));
        if (count < 0) {
          throw new EOFException(
              "the stream ended after " + (sizeBytes - left) + " of " + sizeBytes + " bytes");
        }
        object.append(MemorySegment.ofArray(piece).asSlice(0, count));
        left -= count;
      }
      return object.seal();
    }
  }

  static ObjectRef put(ObjectStore store, String name, Path file) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new IOException(file + " is no regular file, so it has no length");
    }
    try (FileChannel channel = FileChannel.open(file);
        WritableObject object = create(store, name, channel.size());
        Arena arena = Arena.ofConfined()) {
      long size = channel.size();
      ByteBuffer piece = arena.allocate(piece(size)).asByteBuffer();
      long at = 0;
      for (int count = channel.read(piece, at); count >= 0; count = channel.read(piece, at)) {
        at += count;
        if (at > size) {
          break;
        }
        object.append(MemorySegment.ofBuffer(piece.flip()));
        piece.clear();
      }
      if (at != size) {
        throw new IOException(file + " changed while it was read");
      }
      return object.seal();
    }
  }
}
