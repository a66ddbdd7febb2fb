package hak.policy;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are no text. */
final class NotUtf8Exception extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Position position;

  /**
   * Where and what.
   *
   * @param offending the first byte that does not fit
   */
  NotUtf8Exception(Position position, byte offending) {
    super("not UTF-8: byte 0x%02X".formatted(offending));
    this.position = position;
  }

  Position position() {
    return position;
  }
}
