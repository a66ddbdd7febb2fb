package hak.store;

import java.nio.file.Path;

/** Checks a store's file without trusting a byte of it, and repairs it on request. */
public final class StoreVerifier {
  /** Hears how far a verification is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each object, by the thread that verifies.
     *
     * @param bytes data whose checksum was computed
     * @param of how much data there is
     */
    void advanced(long bytes, long of);
  }

  private StoreVerifier() {}

  /**
   * Looks at everything and changes nothing; the store may be in use.
   *
   * @throws StoreAccessException when the file may not or cannot be read
   */
  public static VerifyReport verify(Path path) {
    return verify(path, (bytes, of) -> {});
  }

  /** As {@link #verify(Path)}, and says how far it is. */
  public static VerifyReport verify(Path path, Progress progress) {
    return Behind.provider().verify(path, progress);
  }

  /**
   * Rebuilds the bookkeeping, restores what is damaged of objects whose checksum holds, and drops
   * the others; everything that stays keeps its ref and name. The report says what was found, and
   * what is different now. A header that is damaged, or a file that was truncated, is mended while
   * nobody else has the store open.
   *
   * @throws StoreAccessException when the file may not or cannot be written; when a living process
   *     reads or writes an object that would be dropped, and then no object was changed
   * @throws StoreCorruptException when it is not a store, or both copies of its header are damaged
   */
  public static VerifyReport repair(Path path) {
    return repair(path, (bytes, of) -> {});
  }

  /** As {@link #repair(Path)}, and says how far its first look is, before anything is changed. */
  public static VerifyReport repair(Path path, Progress progress) {
    return Behind.provider().repair(path, progress);
  }
}
