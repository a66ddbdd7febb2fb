package hak.core.profile;

/**
 * Something in a profile that cannot work.
 *
 * @param path where, as keys and list positions: {@code stack.caches[1]}, {@code
 *     box.tls-sll.capacity}
 * @param message what is wrong, what is allowed, and the nearest name where there is one
 */
public record Problem(String path, String message) {
  @Override
  public String toString() {
    return path + ": " + message;
  }
}
