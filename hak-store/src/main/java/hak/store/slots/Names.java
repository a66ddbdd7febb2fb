package hak.store.slots;

import hak.store.ObjectStore;
import java.nio.charset.StandardCharsets;

/** Names of objects as bytes. */
public final class Names {
  /** The name of an object without one. */
  public static final byte[] NONE = {};

  private Names() {}

  /**
   * The bytes of a name.
   *
   * @throws IllegalArgumentException when it is empty, too long, no text, or looks like a ref
   */
  public static byte[] encode(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > ObjectStore.MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "a name has 1 to "
              + ObjectStore.MAX_NAME_BYTES
              + " bytes of UTF-8, this one "
              + bytes.length);
    }
    checkText(name, bytes);
    if (bytes[0] == '@') {
      throw new IllegalArgumentException("a name does not begin with @, as refs do: " + name);
    }
    return bytes;
  }

  /**
   * The bytes that the names begin with that begin so.
   *
   * @throws IllegalArgumentException when it is no text
   */
  public static byte[] prefix(String prefix) {
    byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
    checkText(prefix, bytes);
    return bytes;
  }

  private static void checkText(String name, byte[] bytes) {
    if (hasLoneSurrogate(name, bytes)) {
      throw new IllegalArgumentException("half of a surrogate pair is no text: " + printable(name));
    }
  }

  /** UTF-8 has no bytes for one; {@code getBytes} writes a question mark. */
  private static boolean hasLoneSurrogate(String name, byte[] bytes) {
    boolean suspicious = false;
    for (byte each : bytes) {
      suspicious |= each == '?';
    }
    return suspicious && name.codePoints().anyMatch(Names::isSurrogate);
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .forEach(point -> {
          if (isSurrogate(point)) {
            text.append("\\u").append(Integer.toHexString(point));
          } else {
            text.appendCodePoint(point);
          }
        });
    return text.toString();
  }

  public static String decode(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }

  /** FNV-1a, 32 bits. */
  public static int hash(byte[] name) {
    int hash = 0x811C9DC5;
    for (byte b : name) {
      hash = (hash ^ (b & 0xFF)) * 0x01000193;
    }
    return hash;
  }
}
