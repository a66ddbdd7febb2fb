package hak.bench.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Tells how much of a range of addresses is resident, page by page. Not for use by several threads.
 */
final class Pagemap {
  private static final Path FILE = Path.of("/proc/self/pagemap");
  private static final long PAGE_BYTES = 4096;
  private static final int ENTRIES = 8192;

  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(ENTRIES * Long.BYTES).order(ByteOrder.nativeOrder());

  /** Resident bytes of the pages that have a byte of the range. */
  long residentBytes(long address, long bytes) throws IOException {
    long page = address / PAGE_BYTES;
    long end = (address + bytes + PAGE_BYTES - 1) / PAGE_BYTES;
    long resident = 0;
    try (FileChannel file = FileChannel.open(FILE)) {
      while (page < end) {
        buffer.clear().limit((int) Math.min(ENTRIES, end - page) * Long.BYTES);
        if (file.read(buffer, page * Long.BYTES) <= 0) {
          return resident;
        }
        buffer.flip();
        page += buffer.remaining() / Long.BYTES;
        while (buffer.remaining() >= Long.BYTES) {
          resident += buffer.getLong() < 0 ? PAGE_BYTES : 0; // bit 63: present
        }
      }
    }
    return resident;
  }
}
