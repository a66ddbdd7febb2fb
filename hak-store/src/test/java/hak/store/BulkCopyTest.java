package hak.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Sums of parts joined to the sum of the whole, and copies made by several threads. */
class BulkCopyTest {
  private static final int HELPERS = 3;

  private static int sum(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  @Property
  void joinedSumsAreTheSumOfTheWhole(
      @ForAll byte[] bytes, @ForAll @IntRange(max = 1000) int permille) {
    int split = bytes.length * permille / 1000;
    assertEquals(
        sum(bytes, 0, bytes.length),
        CrcJoin.join(sum(bytes, 0, split), sum(bytes, split, bytes.length), bytes.length - split));
  }

  @Property
  void theTableForShortEndsGivesTheSame(@ForAll int before, @ForAll int after) {
    assertEquals(
        CrcJoin.join(before, after, CrcJoin.SHORT_BYTES), CrcJoin.joinShort(before, after));
  }

  @Test
  void sumsOfMoreThanTwoToTheTwentyNinthBytesAreJoined() {
    byte[] piece = TestStores.bytes(1, 1 << 20);
    int pieces = 1200;
    CRC32C whole = new CRC32C();
    CRC32C tail = new CRC32C();
    whole.update(piece);
    for (int i = 0; i < pieces; i++) {
      whole.update(piece);
      tail.update(piece);
    }
    int joined =
        CrcJoin.join(
            sum(piece, 0, piece.length), (int) tail.getValue(), (long) pieces * piece.length);
    assertEquals((int) whole.getValue(), joined);
  }

  @Property(tries = 60)
  void threadsCopyAndAddUpWhatOneDoes(
      @ForAll @IntRange(min = 1 << 20, max = 3 << 20) int size, @ForAll long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment to = arena.allocate(size);
      int expected = sum(bytes, 0, size);
      assertEquals(expected, BulkCopy.run(MemorySegment.ofArray(bytes), to, HELPERS));
      assertEquals(-1, to.mismatch(MemorySegment.ofArray(bytes)));
      assertEquals(expected, BulkCopy.run(to, null, HELPERS));
    }
  }

  @Test
  void memoryOfTheCallerAloneIsCopiedByItAlone() {
    try (Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      MemorySegment from = confined.allocate(2 << 20);
      from.fill((byte) 7);
      MemorySegment to = shared.allocate(from.byteSize());
      BulkCopy.run(from, to, HELPERS);
      assertEquals(-1, from.mismatch(to));
    }
  }

  @Test
  void whatFailsInAPartFailsTheCall() {
    Arena arena = Arena.ofShared();
    MemorySegment from = arena.allocate(4 << 20);
    arena.close();
    MemorySegment to = MemorySegment.ofArray(new byte[4 << 20]);
    assertThrows(IllegalStateException.class, () -> BulkCopy.run(from, to, HELPERS));
  }

  @Test
  void anInterruptIsKept() {
    MemorySegment from = MemorySegment.ofArray(new byte[4 << 20]);
    Thread.currentThread().interrupt();
    BulkCopy.run(from, MemorySegment.ofArray(new byte[4 << 20]), HELPERS);
    assertTrue(Thread.interrupted());
  }

  @Test
  void aFileThatIsTruncatedUnderTheHelpersIsAnException() throws Exception {
    try (TestStores stores = new TestStores()) {
      Path path = stores.path();
      StoreOptions options = TestStores.SMALL.withCapacityBytes(16 << 20).withCopyThreads(4);
      try (ObjectStore store = ObjectStore.open(path, options);
          WritableObject object = store.create(8 << 20)) {
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.truncate(Files.size(path) - (15 << 20));
        }
        MemorySegment data = MemorySegment.ofArray(new byte[8 << 20]);
        assertThrows(StoreCorruptException.class, () -> object.append(data));
      } catch (StoreCorruptException e) {
        assertTrue(e.getMessage().contains("truncated"), e.getMessage());
      }
    }
  }

  @Test
  void anObjectPutByThreadsIsIntact() throws Exception {
    try (TestStores stores = new TestStores()) {
      StoreOptions options = TestStores.SMALL.withCapacityBytes(16 << 20);
      try (ObjectStore store = ObjectStore.open(stores.path(), options)) {
        byte[] bytes = TestStores.bytes(3, 5 << 20);
        ObjectRef ref = store.put("n", MemorySegment.ofArray(bytes));
        try (ObjectView view = store.get(ref)) {
          assertTrue(view.isIntact());
          assertEquals(-1, view.segment().mismatch(MemorySegment.ofArray(bytes)));
          assertEquals(bytes[77], view.segment().get(ValueLayout.JAVA_BYTE, 77));
        }
        assertEquals(0, ((LocalStore) store).engine().processes().copies());
      }
    }
  }
}
