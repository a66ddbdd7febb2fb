package hak.store.copy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * CRC32C of an object: its data, then length and generation (8 bytes each, order of the machine),
 * then its name.
 *
 * <p>Never computed on mapped memory directly: the JVM does not survive a signal there, and a file
 * that is truncated raises one. Data is copied out in pieces that stay in the processor's cache.
 */
public final class Checksum {
  private static final int BLOCK_BYTES = 1 << 20;

  /** Of how much at a time is copied, then added up. */
  private static final int TURN_BYTES = 4 << 10;

  private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private static final CrcJoin WORD = new CrcJoin(Integer.BYTES);
  private static final CrcJoin BYTE = new CrcJoin(Byte.BYTES);

  private Checksum() {}

  /**
   * Copies {@code from} to {@code to} from {@code start} on; returns the sum of what was copied.
   */
  public static int copy(MemorySegment from, MemorySegment to, long start) {
    return isDirect(from) ? copyDirect(from, to, start) : copyThroughScratch(from, to, start);
  }

  /** Whether data may be added up where it is. */
  static boolean isDirect(MemorySegment from) {
    return !from.isMapped() && (from.isNative() || from.heapBase().orElse(null) instanceof byte[]);
  }

  private static int copyDirect(MemorySegment from, MemorySegment to, long start) {
    CRC32C crc = new CRC32C();
    long size = from.byteSize();
    for (long block = 0; block < size; block += BLOCK_BYTES) {
      int length = (int) Math.min(BLOCK_BYTES, size - block);
      ByteBuffer source = from.asSlice(block, length).asByteBuffer();
      for (int at = 0; at < length; at += TURN_BYTES) {
        int end = Math.min(at + TURN_BYTES, length);
        MemorySegment.copy(from, block + at, to, start + block + at, end - at);
        crc.update(source.limit(end).position(at));
      }
    }
    return (int) crc.getValue();
  }

  /** The sum of data that may be added up where it is, less than 2 GiB. */
  static int ofDirect(MemorySegment data) {
    CRC32C crc = new CRC32C();
    crc.update(data.asByteBuffer());
    return (int) crc.getValue();
  }

  private static int copyThroughScratch(MemorySegment from, MemorySegment to, long start) {
    CRC32C crc = new CRC32C();
    long size = from.byteSize();
    byte[] scratch = scratch(size);
    for (long at = 0; at < size; at += TURN_BYTES) {
      int length = (int) Math.min(TURN_BYTES, size - at);
      add(crc, from, at, length, scratch);
      MemorySegment.copy(MemorySegment.ofArray(scratch), 0, to, start + at, length);
    }
    return (int) crc.getValue();
  }

  /** The sum of mapped memory. */
  public static int of(MemorySegment mapped) {
    CRC32C crc = new CRC32C();
    long size = mapped.byteSize();
    byte[] scratch = scratch(size);
    for (long at = 0; at < size; at += TURN_BYTES) {
      add(crc, mapped, at, (int) Math.min(TURN_BYTES, size - at), scratch);
    }
    return (int) crc.getValue();
  }

  /** The sum of an object whose data has the sum {@code dataSum}. */
  public static int finish(int dataSum, long length, long generation, byte[] name) {
    int crc = add(add(~dataSum, length), generation);
    for (byte each : name) {
      crc = BYTE.join(crc ^ (each & 0xFF), 0);
    }
    return ~crc;
  }

  /** Adds a number, in the machine's order of bytes, without an object. */
  private static int add(int crc, long number) {
    long bytes = IS_LITTLE ? number : Long.reverseBytes(number);
    int half = WORD.join(crc ^ (int) bytes, 0);
    return WORD.join(half ^ (int) (bytes >>> Integer.SIZE), 0);
  }

  private static byte[] scratch(long size) {
    return new byte[(int) Math.min(TURN_BYTES, size)];
  }

  private static void add(CRC32C crc, MemorySegment from, long at, int length, byte[] scratch) {
    MemorySegment.copy(from, at, MemorySegment.ofArray(scratch), 0, length);
    crc.update(scratch, 0, length);
  }
}
