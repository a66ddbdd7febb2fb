package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every byte of a gzip file counts. */
class GunzipStreamTest {
  private static final int EVENTS = 20_000;

  private final byte[] trace = trace();
  private final byte[] zipped = TraceBuilder.zip(trace);

  private static byte[] trace() {
    TraceBuilder builder = new TraceBuilder();
    for (int i = 0; i < EVENTS; i++) {
      builder.malloc((i * 7919L) % 5000);
    }
    return builder.bytes();
  }

  private static TraceException refused(byte[] bytes) {
    return assertThrows(TraceException.class, () -> TraceBuilder.read(bytes));
  }

  @Test
  void aWholeFileIsRead() {
    assertEquals(EVENTS, TraceBuilder.read(zipped).events().length);
  }

  @Test
  void damageIsToldWithTheOffsetWithinTheTrace() {
    byte[] damaged = zipped.clone();
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 8, (byte) 0xFF);
    TraceException e = refused(damaged);
    assertTrue(e.getMessage().contains("gzip damaged"), e.getMessage());
    assertTrue(e.offset() > 0 && e.offset() < trace.length, e.getMessage());
  }

  @Test
  void aWrongChecksumIsDamage() {
    byte[] damaged = zipped.clone();
    damaged[damaged.length - 8] ^= 1;
    TraceException e = refused(damaged);
    assertTrue(e.getMessage().contains("wrong checksum"), e.getMessage());
    assertEquals(trace.length, e.offset());
  }

  @Test
  void aWrongLengthIsDamage() {
    byte[] damaged = zipped.clone();
    damaged[damaged.length - 1] ^= 1;
    assertTrue(refused(damaged).getMessage().contains("wrong length"));
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 2; length < zipped.length; length += 1 + length / 50) {
      TraceException e = refused(Arrays.copyOf(zipped, length));
      assertTrue(e.getMessage().contains("gzip truncated"), e.getMessage());
    }
  }

  @Test
  void bytesAfterTheEndAreDamage() {
    TraceException e = refused(Arrays.copyOf(zipped, zipped.length + 3));
    assertTrue(e.getMessage().contains("no gzip header"), e.getMessage());
  }

  @Test
  void severalMembersAreOneTrace() {
    int middle = trace.length / 3;
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(TraceBuilder.zip(Arrays.copyOf(trace, middle)));
    members.writeBytes(TraceBuilder.zip(Arrays.copyOfRange(trace, middle, trace.length)));
    assertEquals(EVENTS, TraceBuilder.read(members.toByteArray()).events().length);
  }

  @Test
  void optionalFieldsOfTheHeaderAreSkipped() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(zipped, 0, 3);
    file.write(4 | 8 | 16 | 2);
    file.write(zipped, 4, 6);
    file.writeBytes(new byte[] {3, 0, 1, 2, 3});
    file.writeBytes(new byte[] {'n', 'a', 'm', 'e', 0, 'c', 0});
    file.writeBytes(new byte[] {0, 0});
    file.write(zipped, 10, zipped.length - 10);
    assertEquals(EVENTS, TraceBuilder.read(file.toByteArray()).events().length);
  }
}
