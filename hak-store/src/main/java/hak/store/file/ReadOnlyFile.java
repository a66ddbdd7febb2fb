package hak.store.file;

import hak.store.StoreAccessException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A store's file mapped to be read alone, which needs no right to write it. Whoever may write it is
 * believed nothing.
 *
 * <p>Any thread; none after {@link #close}.
 */
public final class ReadOnlyFile implements AutoCloseable {
  private final Path path;
  private final StoreHeader header;
  private final NamedFile name;
  private final ByteLocks locks;
  private final Arena arena = Arena.ofShared();
  private final Region region;

  private ReadOnlyFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    header = StoreFile.readHeader(path, channel);
    Object key = Trust.ANYBODY.check(path);
    name = new NamedFile(path, key);
    long bytes = Math.min(channel.size(), header.fileBytes());
    region = Region.of(channel.map(MapMode.READ_ONLY, 0, bytes, arena));
    locks = ByteLocks.openToAsk(path, key);
  }

  /** Opens an existing file. */
  public static ReadOnlyFile open(Path path) {
    try (FileChannel channel =
        StoreFile.openChecked(path, Trust.ANYBODY, StandardOpenOption.READ)) {
      return new ReadOnlyFile(path, channel);
    } catch (IOException e) {
      throw StoreFile.failed(path, e);
    }
  }

  public Path path() {
    return path;
  }

  public StoreHeader header() {
    return header;
  }

  public Region region() {
    return region;
  }

  /** By which is told who lives. */
  public ByteLocks locks() {
    return locks;
  }

  /**
   * Whether the mapping has all that the file will ever have. A store that nobody has opened since
   * it was created has a shorter file, without data.
   */
  public boolean isWhole() {
    return region.memory().byteSize() == header.fileBytes();
  }

  /** Whether the file is longer than what is mapped of it. */
  public boolean hasGrown() {
    return !isWhole() && name.size() > region.memory().byteSize();
  }

  /**
   * Looks whether others who open the path get this file too.
   *
   * @throws StoreAccessException when the path leads to another file
   */
  public void checkName() {
    name.sizeWhenNamed();
  }

  @Override
  public void close() {
    arena.close();
    locks.close();
  }
}
