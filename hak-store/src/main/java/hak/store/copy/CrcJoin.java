package hak.store.copy;

/**
 * The CRC32C of two stretches of data from those of each, so that parts can be added up at the same
 * time.
 *
 * <p>A CRC is the remainder of the data, taken as a polynomial over GF(2), by the polynomial P. To
 * put n bytes behind data is to multiply it by x^(8n), so the sum of the whole is the first sum
 * times x^(8n) modulo P, plus the second; the inversions before and after cancel out. Powers come
 * from a table of x^(2^k) by the binary digits of the exponent. The method is that of crc32_combine
 * in zlib (Mark Adler).
 */
public final class CrcJoin {
  /** The polynomial of CRC32C (Castagnoli), the coefficient of x^0 in the highest bit. */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int ONE = 1 << 31;
  private static final int BITS_PER_BYTE_LOG = 3;

  /**
   * x^(2^k) modulo P for k up to 30; x^(2^31) is x again, for P is x + 1 times one of degree 31.
   */
  private static final int[] SQUARES = squares();

  /** What each value of each byte of a sum becomes with zeros behind it. */
  private final int[] table = new int[Integer.BYTES << Byte.SIZE];

  /** Joins where what follows is always that long, by four look-ups. */
  CrcJoin(long lengthBytes) {
    int power = power(lengthBytes);
    for (int i = 0; i < table.length; i++) {
      table[i] = times(power, (i & 0xFF) << ((i >>> Byte.SIZE) * Byte.SIZE));
    }
  }

  /** The same as {@link #join(int, int, long)} with the length of this. */
  int join(int before, int after) {
    return table[before & 0xFF]
        ^ table[256 + ((before >>> 8) & 0xFF)]
        ^ table[512 + ((before >>> 16) & 0xFF)]
        ^ table[768 + (before >>> 24)]
        ^ after;
  }

  private static int[] squares() {
    int[] squares = new int[31];
    squares[0] = ONE >>> 1;
    for (int k = 1; k < squares.length; k++) {
      squares[k] = times(squares[k - 1], squares[k - 1]);
    }
    return squares;
  }

  /** The product modulo P. */
  private static int times(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bits = a; bits != 0; bits <<= 1) {
      product ^= shifted & (bits >> 31);
      shifted = (shifted >>> 1) ^ (POLYNOMIAL & -(shifted & 1));
    }
    return product;
  }

  /**
   * The sum of data with sum {@code before}, followed by {@code length} bytes with {@code after}.
   */
  public static int join(int before, int after, long length) {
    return times(power(length), before) ^ after;
  }

  /** x^(8 times length) modulo P. */
  private static int power(long length) {
    int power = ONE;
    int k = BITS_PER_BYTE_LOG;
    for (long digits = length; digits != 0; digits >>>= 1) {
      if ((digits & 1) != 0) {
        power = times(SQUARES[k % SQUARES.length], power);
      }
      k++;
    }
    return power;
  }
}
