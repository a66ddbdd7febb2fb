package hak.store.file;

import hak.store.StoreAccessException;
import hak.store.StoreCorruptException;
import hak.store.StoreException;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The file below a store: created whole or not at all, opened only when it is this user's own, and
 * grown with its space reserved, so that a full file system is an exception and not a signal.
 */
public final class StoreFile implements AutoCloseable {
  private final Path path;
  private final NamedFile name;
  private final FileChannel channel;
  private final SpaceLeft left;
  private final StoreHeader header;
  private final Arena arena = Arena.ofShared();
  private final Region region;
  private final FileMemory memory;
  private final ByteLocks locks;

  private StoreFile(
      Path path,
      Trust trust,
      FileChannel channel,
      StoreHeader header,
      Function<Object, ByteLocks> locks)
      throws IOException {
    this.path = path;
    Object key = trust.check(path);
    name = new NamedFile(path, key);
    this.channel = channel;
    this.header = header;
    left = new SpaceLeft(path);
    region = Region.of(channel.map(MapMode.READ_WRITE, 0, header.fileBytes(), arena));
    memory = new FileMemory(path, key, channel, header.fileBytes());
    this.locks = locks.apply(key);
  }

  /** Opens an existing file of this user's, that nobody else may write. */
  public static StoreFile open(Path path) {
    return open(path, Trust.OWNER);
  }

  /** Opens an existing file that is accepted. */
  public static StoreFile open(Path path, Trust trust) {
    return open(path, trust, key -> ByteLocks.open(path, key));
  }

  /** As if the file system had no locks of open files. */
  static StoreFile openWithoutLocks(Path path) {
    return open(path, Trust.OWNER, _ -> ByteLocks.none("there are no locks"));
  }

  private static StoreFile open(Path path, Trust trust, Function<Object, ByteLocks> locks) {
    FileChannel channel =
        openChecked(path, trust, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      StoreHeader header = readHeader(path, channel);
      return new StoreFile(path, trust, channel, header, locks);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel, e);
      throw e instanceof RuntimeException unchecked ? unchecked : failed(path, e);
    }
  }

  static StoreHeader readHeader(Path path, FileChannel channel) throws IOException {
    byte[] page = read(channel, 0, StoreHeader.HEADER_BYTES);
    if (page.length < StoreHeader.HEADER_BYTES) {
      throw new StoreCorruptException(
          path + " is not an object store: it has " + page.length + " bytes");
    }
    byte[] upper = new byte[StoreHeader.STATIC_BYTES];
    System.arraycopy(page, 0, upper, 0, upper.length);
    StoreHeader header = StoreHeader.parse(upper, path.toString());
    long committed =
        ByteBuffer.wrap(page).order(ByteOrder.nativeOrder()).getLong(StoreHeader.COMMITTED);
    if (committed < 0 || committed > header.capacityBytes() || !header.units().isBegin(committed)) {
      throw new StoreCorruptException(
          path + " says that it holds " + committed + " of " + header.capacityBytes() + " bytes");
    }
    if (channel.size() < header.dataOffset() + committed) {
      throw new StoreCorruptException(
          path
              + " was truncated: "
              + channel.size()
              + " of "
              + (header.dataOffset() + committed)
              + " bytes; `verify --repair` keeps the objects that are whole");
    }
    return header;
  }

  /** Up to {@code length} bytes, fewer at the end of the file. */
  public static byte[] read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
      // Until it is full or the file ends.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Opens a regular file of this user's, that nobody else may write and that is no link. */
  public static FileChannel openChecked(Path path, StandardOpenOption... how) {
    return openChecked(path, Trust.OWNER, how);
  }

  /** Opens a regular file that is accepted and no link. */
  public static FileChannel openChecked(Path path, Trust trust, StandardOpenOption... how) {
    try {
      Object key = trust.check(path);
      Set<OpenOption> options = new HashSet<>(Set.of(how));
      options.add(LinkOption.NOFOLLOW_LINKS);
      FileChannel channel = FileChannel.open(path, options);
      if (!key.equals(trust.check(path))) {
        channel.close();
        throw new StoreAccessException(path + " was replaced while it was opened");
      }
      return channel;
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /**
   * Creates the file unless there is one; whether it did. It appears under its name when it is
   * complete.
   */
  public static boolean create(Path path, StoreOptions options, CrashPoint crash) {
    StoreHeader header = StoreHeader.of(options, ThreadLocalRandom.current().nextLong());
    Path draft = Drafts.of(path, header);
    try {
      Drafts.deleteOld(path);
      try (FileChannel channel =
          FileChannel.open(
              draft,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        byte[] upper = header.toBytes();
        channel.write(ByteBuffer.wrap(upper), 0);
        crash.reached();
        FileMemory.writeZeros(channel, upper.length, header.pinsOffset() - upper.length);
        for (TableRows.Range rows : TableRows.ranges(header, 0, TableRows.atFirst(header))) {
          FileMemory.writeZeros(channel, rows.offset(), rows.bytes());
        }
        FileMemory.writeZeros(
            channel, header.freeSlotsOffset(), header.dataOffset() - header.freeSlotsOffset());
        channel.write(ByteBuffer.wrap(upper), StoreHeader.COPY);
        // Odd: the first to lock the store builds its bookkeeping.
        ByteBuffer torn = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        channel.write(torn.putLong(0, Complemented.word(1)), StoreHeader.CHANGES);
        ByteBuffer rows = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        long word = Complemented.word(TableRows.atFirst(header));
        channel.write(rows.putLong(0, word), StoreHeader.ROWS);
        // Not as an attribute of the creation, of which the umask would take away.
        Files.setPosixFilePermissions(draft, options.sharing().permissions());
        crash.reached();
        Files.createLink(path, draft);
        crash.reached();
        return true;
      } catch (FileAlreadyExistsException e) {
        return false; // Somebody else was first.
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw failed(path, e);
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

  /**
   * Refuses to grow by so many bytes where that would leave less than the margin.
   *
   * @throws StoreFullException naming what is short
   */
  public void checkLeft(long bytes, long marginBytes) {
    left.check(bytes, marginBytes);
  }

  /** The locks of this opening. */
  public ByteLocks locks() {
    return locks;
  }

  /** Its memory. */
  public FileMemory memory() {
    return memory;
  }

  /**
   * Looks whether the file still has the bytes that its header says. Not asked on fast paths.
   *
   * @throws StoreCorruptException when it was truncated
   */
  public void checkSize() {
    checkSize(name.size());
  }

  /**
   * Looks whether others who open the path get this file too, and as {@link #checkSize}.
   *
   * @throws StoreAccessException when the path leads to another file
   */
  public void checkNameAndSize() {
    checkSize(name.sizeWhenNamed());
  }

  private void checkSize(long size) {
    long needed = header.dataOffset() + region.getLong(StoreHeader.COMMITTED);
    if (size >= 0 && size < needed) {
      throw new StoreCorruptException(
          path + " was truncated while it was in use: " + size + " of " + needed);
    }
  }

  @Override
  public void close() {
    arena.close();
    memory.close();
    locks.close();
    closeQuietly(channel, new IOException());
  }

  private static void closeQuietly(FileChannel channel, Exception why) {
    try {
      channel.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  public static StoreException failed(Path path, Exception e) {
    if (e instanceof NoSuchFileException missing) {
      return new StoreAccessException("there is no " + missing.getFile(), e);
    }
    if (e instanceof AccessDeniedException denied) {
      return new StoreAccessException("permission denied to " + denied.getFile(), e);
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    if (message.contains("No space left") || message.contains("quota")) {
      return new StoreFullException(
          "the file system of " + path + " has no room: free some there, or use another", e);
    }
    return new StoreAccessException(path + " cannot be used: " + message, e);
  }

  public static boolean isMissing(Path path) {
    return Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** A read-only mapping of what there is of the file, for who checks it. */
  public static MemorySegment mapAsIs(FileChannel channel, Arena arena) throws IOException {
    return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
  }
}
