package hak.bench.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a trace, zipped. Its format is that of {@link TraceReader}: the header says how many
 * events follow, so they are counted first, by a {@link TraceCount} that is told the same.
 */
public final class TraceWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  private TraceWriter() {}

  /**
   * Writes a trace.
   *
   * @param out is not closed
   * @param events tells the events to what it is given; called twice, and tells the same both times
   * @return what was written
   * @throws IOException as the stream does
   * @throws IllegalArgumentException if there are more events than a trace can have; nothing is
   *     written then
   */
  public static TraceCount write(OutputStream out, Consumer<TraceEvents> events)
      throws IOException {
    TraceCount count = new TraceCount();
    events.accept(count);
    if (count.events() > EventList.MAX_EVENTS) {
      throw new IllegalArgumentException(
          count.events() + " events; a trace has " + EventList.MAX_EVENTS + " at most");
    }
    try {
      GZIPOutputStream zipped = new GZIPOutputStream(out, BUFFER_BYTES);
      BufferedOutputStream plain = new BufferedOutputStream(zipped, BUFFER_BYTES);
      plain.write(header(count));
      events.accept(new Body(plain));
      plain.flush();
      zipped.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return count;
  }

  private static byte[] header(TraceCount count) {
    ByteBuffer header =
        ByteBuffer.allocate(TraceReader.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(TraceReader.MAGIC).putInt(TraceReader.VERSION).putInt(count.threads());
    return header.putLong(count.events()).putLong(count.blocks()).array();
  }

  /** The events. A block's number is its id: how many were begun before it. */
  private static final class Body implements TraceEvents {
    private final OutputStream out;
    private int blocks;
    private int written;
    private int current;

    Body(OutputStream out) {
      this.out = out;
    }

    @Override
    public void thread(int number) {
      current = number;
    }

    @Override
    public int malloc(long size) {
      head(Program.MALLOC);
      varint(size);
      return blocks++;
    }

    @Override
    public int calloc(long size) {
      head(Program.CALLOC);
      varint(size);
      return blocks++;
    }

    @Override
    public int aligned(int log2, long size) {
      head(Program.ALIGNED);
      next(log2);
      varint(size);
      return blocks++;
    }

    @Override
    public void free(int block) {
      head(Program.FREE);
      varint(blocks - block);
    }

    @Override
    public int realloc(int block, long size) {
      head(Program.REALLOC);
      varint(blocks - block);
      varint(size);
      return blocks++;
    }

    private void head(int operation) {
      if (current == written) {
        next(operation);
      } else {
        next(operation | TraceReader.THREAD_FOLLOWS);
        varint(current);
        written = current;
      }
    }

    /** Unsigned LEB128. */
    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        next(((int) rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      next((int) rest);
    }

    private void next(int value) {
      try {
        out.write(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
