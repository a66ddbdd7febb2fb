package hak.store.check;

import hak.store.StoreCorruptException;
import hak.store.file.StoreHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts a header together from two copies that are both damaged, in different places: where they
 * differ either may be right, and the checksum tells.
 */
final class HeaderMerge {
  private static final int INTS = StoreHeader.STATIC_BYTES / Integer.BYTES;

  private HeaderMerge() {}

  /** The header, null when no mixture of the two has a checksum that holds. */
  static StoreHeader of(byte[] one, byte[] other, String file) {
    if (one.length < StoreHeader.STATIC_BYTES || other.length < StoreHeader.STATIC_BYTES) {
      return null;
    }
    List<Integer> differences = new ArrayList<>();
    for (int i = 0; i < INTS; i++) {
      int at = i * Integer.BYTES;
      int end = at + Integer.BYTES;
      if (!Arrays.equals(one, at, end, other, at, end)) {
        differences.add(at);
      }
    }
    // Half a million mixtures if all differ, which takes a tenth of a second.
    for (int choice = 0; choice < 1 << differences.size(); choice++) {
      byte[] mixed = mix(one, other, differences, choice);
      StoreHeader header = StoreHeader.isSumRight(mixed) ? parse(mixed, file) : null;
      if (header != null) {
        return header;
      }
    }
    return null;
  }

  private static byte[] mix(byte[] one, byte[] other, List<Integer> differences, int choice) {
    byte[] mixed = one.clone();
    ByteBuffer from = ByteBuffer.wrap(other);
    ByteBuffer to = ByteBuffer.wrap(mixed);
    for (int bit = 0; bit < differences.size(); bit++) {
      if ((choice >>> bit & 1) != 0) {
        int at = differences.get(bit);
        to.putInt(at, from.getInt(at));
      }
    }
    return mixed;
  }

  private static StoreHeader parse(byte[] bytes, String file) {
    try {
      return StoreHeader.parse(bytes, file);
    } catch (StoreCorruptException e) {
      return null;
    }
  }
}
