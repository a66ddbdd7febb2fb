package hak.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Objects into channels and files, a piece at a time, which buffers are too short to do at once.
 */
final class ToOutside {
  private static final long PIECE_BYTES = 1 << 20;

  private ToOutside() {}

  static void write(ObjectView view, WritableByteChannel out) throws IOException {
    MemorySegment data = view.segment();
    long size = data.byteSize();
    for (long at = 0; at < size; at += PIECE_BYTES) {
      ByteBuffer piece = data.asSlice(at, Math.min(PIECE_BYTES, size - at)).asByteBuffer();
      while (piece.hasRemaining()) {
        out.write(piece);
      }
    }
  }

  static void write(ObjectView view, Path file) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(view, out);
    }
  }
}
