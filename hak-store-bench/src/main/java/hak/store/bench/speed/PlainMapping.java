package hak.store.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A shared mapping of a file beside the store, which has lost its name: the memory that a store is
 * made of, without the store. Objects lie in it one after the other, as in the store.
 */
final class PlainMapping implements AutoCloseable {
  private static final int ALIGNMENT_BYTES = 64;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final long sizeBytes;
  private final long strideBytes;

  /** Room for objects of one size; every page is there. */
  PlainMapping(Path store, int objects, long sizeBytes) {
    this.sizeBytes = sizeBytes;
    strideBytes = (sizeBytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    try {
      Path file = Files.createTempFile(store.getParent(), "hak-bench", ".floor");
      try (FileChannel channel =
          FileChannel.open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE))) {
        memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, objects * strideBytes, arena);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      arena.close();
      throw new UncheckedIOException(e);
    }
    memory.fill((byte) 1);
  }

  /** The place of object {@code index}. */
  MemorySegment object(int index) {
    return memory.asSlice(index * strideBytes, sizeBytes);
  }

  /** Copies into the place of object {@code index}. */
  void write(int index, MemorySegment from) {
    MemorySegment.copy(from, 0, memory, index * strideBytes, sizeBytes);
  }

  @Override
  public void close() {
    arena.close();
  }
}
