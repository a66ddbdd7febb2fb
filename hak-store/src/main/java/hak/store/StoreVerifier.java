package hak.store;

import java.nio.file.Path;

/** Checks a store's file without trusting a byte of it. */
public final class StoreVerifier {
  private StoreVerifier() {}

  /**
   * Looks at everything and changes nothing; the store may be in use.
   *
   * @throws StoreAccessException when the file may not or cannot be read
   */
  public static VerifyReport verify(Path path) {
    throw new UnsupportedOperationException(path.toString());
  }

  /**
   * Rebuilds the bookkeeping and drops the objects that are damaged.
   *
   * @throws StoreAccessException when the file may not or cannot be written
   * @throws StoreCorruptException when nothing in it can be believed
   */
  public static VerifyReport repair(Path path) {
    throw new UnsupportedOperationException(path.toString());
  }
}
