package hak.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What is said of an object beside its data: of which type it is, by a number that its users agree
 * on, and up to {@value #MAX_BYTES} bytes that mean something to them. It is sealed with the
 * object, and its checksum covers it.
 *
 * <p>Immutable.
 */
public final class ObjectMetadata {
  /** The most that can be said, beside the type. */
  public static final int MAX_BYTES = 256;

  /** Of an object of which nothing is said: type 0 and no bytes. Nothing is stored for it. */
  public static final ObjectMetadata NONE = new ObjectMetadata(0, new byte[0]);

  private final int type;
  private final byte[] bytes;

  private ObjectMetadata(int type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /**
   * A type and bytes, which are copied.
   *
   * @throws IllegalArgumentException for more than {@value #MAX_BYTES} bytes
   */
  public static ObjectMetadata of(int type, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "metadata has up to " + MAX_BYTES + " bytes, this " + bytes.length);
    }
    return type == 0 && bytes.length == 0 ? NONE : new ObjectMetadata(type, bytes.clone());
  }

  /**
   * A type and text, which is stored as UTF-8.
   *
   * @throws IllegalArgumentException for more than {@value #MAX_BYTES} bytes of it
   */
  public static ObjectMetadata of(int type, String text) {
    return of(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A type without anything else. */
  public static ObjectMetadata of(int type) {
    return of(type, new byte[0]);
  }

  /** The type, 0 when nobody said one. */
  public int type() {
    return type;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes as text, in UTF-8. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether nothing is said. */
  public boolean isNone() {
    return type == 0 && bytes.length == 0;
  }

  /** As it stands in the file: the type in the machine's order of bytes, then the bytes. */
  public byte[] encode() {
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .order(ByteOrder.nativeOrder())
        .putInt(type)
        .put(bytes)
        .array();
  }

  /**
   * The reverse of {@link #encode}.
   *
   * @throws IllegalArgumentException for less than four bytes, or too many
   */
  public static ObjectMetadata decode(byte[] encoded) {
    if (encoded.length < Integer.BYTES) {
      throw new IllegalArgumentException("metadata has a type; these are " + encoded.length);
    }
    int type = ByteBuffer.wrap(encoded).order(ByteOrder.nativeOrder()).getInt();
    return of(type, Arrays.copyOfRange(encoded, Integer.BYTES, encoded.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectMetadata that
        && type == that.type
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "type " + type + (bytes.length == 0 ? "" : ", " + HexFormat.of().formatHex(bytes));
  }
}
