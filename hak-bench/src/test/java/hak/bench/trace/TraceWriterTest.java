package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class TraceWriterTest {
  private static byte[] written(Consumer<TraceEvents> events) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceWriter.write(out, events);
    return new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();
  }

  /** The thread is written where it changes, and varints grow at 2^7. */
  @Test
  void writesTheFormat() throws IOException {
    byte[] expected =
        new TraceBuilder()
            .threads(4)
            .malloc(127)
            .calloc(128)
            .op(2 | 8)
            .raw(3, 6)
            .varint(1L << 33)
            .moreIds(1)
            .free(3)
            .realloc(2, 5)
            .op(3 | 8)
            .raw(0)
            .varint(1)
            .bytes();
    assertArrayEquals(
        expected,
        written(sink -> {
          int first = sink.malloc(127);
          int second = sink.calloc(128);
          sink.thread(1);
          sink.thread(3);
          sink.aligned(6, 1L << 33);
          sink.free(first);
          int third = sink.realloc(second, 5);
          sink.thread(0);
          sink.free(third);
        }));
  }

  @Test
  void aTraceIsWrittenAsItWasRead() throws IOException {
    for (String trace : new String[] {"jvm-javac", "sqlite"}) {
      byte[] original;
      try (var in =
          TraceWriterTest.class.getResourceAsStream("/hak/bench/traces/" + trace + ".hkt.gz")) {
        original = new GZIPInputStream(in).readAllBytes();
      }
      assertArrayEquals(original, written(sink -> ShippedTraces.read(trace, sink)), trace);
    }
  }

  @Test
  void saysWhatItWrote() throws IOException {
    TraceCount count =
        TraceWriter.write(
            OutputStream.nullOutputStream(),
            sink -> {
              sink.thread(2);
              sink.free(sink.realloc(sink.malloc(1), 2));
            });
    assertEquals(3, count.events());
    assertEquals(2, count.blocks());
    assertEquals(3, count.threads());
  }

  @Test
  void aFailureToWriteIsTold() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int next) throws IOException {
            throw new IOException("full");
          }
        };
    assertEquals(
        "full",
        assertThrows(IOException.class, () -> TraceWriter.write(full, sink -> sink.malloc(1)))
            .getMessage());
  }
}
