package hak.core.os;

import java.io.IOException;

/**
 * The space behind parts of a file on Linux: reserved, so that a write to a mapping of it cannot
 * fail, and given back. It has a descriptor of its own, which no interrupt closes.
 *
 * <p>Any thread may call. After {@link #close} calls throw IllegalStateException.
 */
public final class FileSpace implements AutoCloseable {
  private static final long FALLOCATE = System.getProperty("os.arch").equals("aarch64") ? 47 : 285;
  private static final int KEEP_SIZE = 1;
  private static final int PUNCH_HOLE = 2;

  private final OpenFile file;

  private FileSpace(OpenFile file) {
    this.file = file;
  }

  /**
   * Opens an existing file.
   *
   * @throws IOException when the system refuses
   * @throws LinkageError or IllegalCallerException when native calls are not allowed
   */
  public static FileSpace open(String path) throws IOException {
    return new FileSpace(OpenFile.open(path, OpenFile.READ_AND_WRITE));
  }

  /** The number of the open file in this process, by which /proc/self/fd names it. */
  public int descriptor() {
    return file.descriptor();
  }

  /**
   * Puts space behind a part of the file; bytes that are there stay.
   *
   * @param offset in bytes, 0 or more
   * @param bytes more than 0
   * @throws OutOfSpaceException when the file system has none
   * @throws UnsupportedOperationException when it cannot reserve any
   * @throws IOException when it fails otherwise
   */
  public void reserve(long offset, long bytes) throws IOException {
    allocate(0, offset, bytes);
  }

  /**
   * Gives the space behind whole pages of a part of the file back; they read as zeros.
   *
   * @throws UnsupportedOperationException when the file system cannot
   * @throws IOException when it fails otherwise
   */
  public void release(long offset, long bytes) throws IOException {
    allocate(PUNCH_HOLE | KEEP_SIZE, offset, bytes);
  }

  private void allocate(int mode, long offset, long bytes) throws IOException {
    long result = file.call(FALLOCATE, mode, offset, bytes);
    switch ((int) -result) {
      case 0 -> {}
      case SystemCall.ENOSPC, SystemCall.EDQUOT -> throw new OutOfSpaceException("No space left");
      case SystemCall.ENODEV, SystemCall.ENOSYS, SystemCall.EOPNOTSUPP ->
          throw new UnsupportedOperationException("the file system cannot reserve or release");
      default -> throw new IOException("fallocate: error " + -result);
    }
  }

  @Override
  public void close() {
    file.close();
  }

  /** The file system has no space left, or the user's quota is used up. */
  public static final class OutOfSpaceException extends IOException {
    private static final long serialVersionUID = 1;

    private OutOfSpaceException(String message) {
      super(message);
    }
  }
}
