package hak.store.file;

import hak.core.os.FileSpace;
import hak.store.StoreFullException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The memory behind parts of a store's file: reserved before it is used, so that a full file system
 * is an exception and not a signal, and given back.
 *
 * <p>Any thread; nothing of it waits for the store's lock.
 */
public final class FileMemory implements AutoCloseable {
  private static final int ZEROS_BYTES = 1 << 20;

  private final Path path;
  private final Object key;
  private final FileChannel channel;
  private final long fileBytes;

  /** Null until it is first needed; absent where it cannot be had. */
  private volatile Optional<FileSpace> space;

  /**
   * That of an open file.
   *
   * @param key identifies the file
   * @param fileBytes how long it is, the part without memory too
   */
  FileMemory(Path path, Object key, FileChannel channel, long fileBytes) {
    this.path = path;
    this.key = key;
    this.channel = channel;
    this.fileBytes = fileBytes;
  }

  /**
   * Puts memory behind the part of the file that follows all that is used. What was taken is given
   * back when it is not enough.
   *
   * @throws StoreFullException when the file system has no room
   */
  public void reserveAtEnd(long offset, long bytes) {
    if (!tryReserve(offset, bytes)) {
      reserveByZeros(offset, bytes, true);
    }
  }

  /**
   * Puts memory behind a part of the file that nobody uses yet, and behind which there is some that
   * is used. What was taken stays when it is not enough.
   *
   * @throws StoreFullException when the file system has no room
   */
  public void reserveInside(long offset, long bytes) {
    if (!tryReserve(offset, bytes)) {
      reserveByZeros(offset, bytes, false);
    }
  }

  /** Whether it is done; false where only zeros can do it. */
  private boolean tryReserve(long offset, long bytes) {
    try {
      Optional<FileSpace> ours = space();
      if (ours.isPresent()) {
        ours.get().reserve(offset, bytes);
        return true;
      }
    } catch (UnsupportedOperationException e) {
      // Not in this file system; zeros can be written in any.
    } catch (IOException e) {
      throw noRoom(bytes, e);
    }
    return false;
  }

  /**
   * Puts memory behind a part of the file that may have lost it to {@link #release}; bytes that are
   * there stay. Where memory cannot be given back nothing was lost.
   *
   * @throws StoreFullException when the file system has no room
   */
  public void reserveAgain(long offset, long bytes) {
    try {
      Optional<FileSpace> ours = space();
      if (ours.isPresent()) {
        ours.get().reserve(offset, bytes);
      }
    } catch (UnsupportedOperationException e) {
      return;
    } catch (IOException e) {
      throw noRoom(bytes, e);
    }
  }

  /** Gives the memory behind whole pages back to the system, where that can be done. */
  public void release(long offset, long bytes) {
    try {
      Optional<FileSpace> ours = space();
      if (ours.isPresent()) {
        ours.get().release(offset, bytes);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return; // It stays, which harms nobody.
    }
  }

  private Optional<FileSpace> space() {
    Optional<FileSpace> known = space;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      if (space == null) {
        space = openSpace();
      }
      return space;
    }
  }

  private Optional<FileSpace> openSpace() {
    try {
      FileSpace opened = FileSpace.open(path.toString());
      if (isOurs(opened)) {
        return Optional.of(opened);
      }
      opened.close();
    } catch (IOException | IllegalCallerException | LinkageError e) {
      // Removed, or no native calls: zeros are written to what was opened first.
    }
    return Optional.empty();
  }

  /** Whether the path still leads to the file that was opened first. */
  private boolean isOurs(FileSpace opened) {
    try {
      Path link = Path.of("/proc/self/fd/" + opened.descriptor());
      return key.equals(Files.readAttributes(link, PosixFileAttributes.class).fileKey());
    } catch (IOException e) {
      return false;
    }
  }

  private StoreFullException noRoom(long bytes, IOException cause) {
    return new StoreFullException(
        "the file system of "
            + path
            + " has no room for "
            + bytes
            + " more bytes: free some there, make it larger (mount -o remount,size=...), or"
            + " put the store elsewhere",
        cause);
  }

  private void reserveByZeros(long offset, long bytes, boolean atEnd) {
    // An interrupted thread would close the channel, so a thread does it that nobody interrupts.
    AtomicReference<IOException> failure = new AtomicReference<>();
    Thread writer =
        Thread.ofPlatform()
            .daemon()
            .name("hak-store-reserve")
            .start(() -> {
              try {
                writeZeros(channel, offset, bytes);
              } catch (IOException e) {
                failure.set(e);
                if (atEnd) {
                  giveBack(offset, e);
                }
              }
            });
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure.get() != null) {
      throw noRoom(bytes, failure.get());
    }
  }

  /** Cuts the file off. */
  private void giveBack(long offset, IOException failure) {
    try (Arena whole = Arena.ofConfined()) {
      channel.truncate(offset);
      // Mapping makes the file as long as before, without memory behind it.
      channel.map(MapMode.READ_WRITE, 0, fileBytes, whole);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  public static void writeZeros(FileChannel channel, long offset, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_BYTES, bytes));
    long end = offset + bytes;
    for (long at = offset; at < end; ) {
      zeros.position(0).limit((int) Math.min(zeros.capacity(), end - at));
      at += channel.write(zeros, at);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (space != null) {
        space.ifPresent(FileSpace::close);
      }
      space = Optional.empty();
    }
  }
}
