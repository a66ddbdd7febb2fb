package hak.store.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreCorruptException;
import hak.store.StoreOptions;
import hak.store.WritableObject;
import hak.store.access.TestStores;
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

  /** Helpers take part in this even when nothing came before. */
  private static final int LONE_LARGE = 16 << 20;

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
  void aTableForOneLengthGivesTheSame(
      @ForAll int before, @ForAll int after, @ForAll @IntRange(max = 1 << 20) int length) {
    assertEquals(CrcJoin.join(before, after, length), new CrcJoin(length).join(before, after));
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
    MemorySegment from = MemorySegment.ofArray(bytes);
    int copies = 3;
    int[] sums = new int[2 * copies];
    try (Arena arena = Arena.ofShared()) {
      MemorySegment to = arena.allocate((long) copies * size).fill((byte) 0);
      // Nothing in between: each but the first follows closely, so that helpers are called.
      for (int i = 0; i < copies; i++) {
        MemorySegment part = to.asSlice((long) i * size, size);
        sums[2 * i] = BulkCopy.run(from, part, HELPERS);
        sums[2 * i + 1] = BulkCopy.run(part, null, HELPERS);
      }
      for (int i = 0; i < copies; i++) {
        assertEquals(-1, to.asSlice((long) i * size, size).mismatch(from));
      }
    }
    int expected = sum(bytes, 0, size);
    for (int sum : sums) {
      assertEquals(expected, sum);
    }
  }

  @Test
  void helpersComeAndLeaveAgain() throws Exception {
    MemorySegment from = MemorySegment.ofArray(new byte[LONE_LARGE]);
    MemorySegment to = MemorySegment.ofArray(new byte[LONE_LARGE]);
    for (int i = 0; i < 50; i++) {
      BulkCopy.run(from, to, HELPERS);
      assertTrue(Helpers.present() <= HELPERS, "no more than were called");
    }
    for (int i = 0; i < 1000 && Helpers.present() > 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, Helpers.present());
  }

  @Test
  void elementsOfOtherTypesAreCopiedByThreadsToo() {
    long[] numbers = new Random(1).longs(LONE_LARGE / Long.BYTES).toArray();
    MemorySegment from = MemorySegment.ofArray(numbers);
    byte[] to = new byte[LONE_LARGE];
    int sum = BulkCopy.run(from, MemorySegment.ofArray(to), HELPERS);
    assertEquals(-1, from.mismatch(MemorySegment.ofArray(to)));
    assertEquals(sum(to, 0, to.length), sum);
  }

  @Test
  void memoryOfTheCallerAloneIsCopiedByItAlone() {
    try (Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      MemorySegment from = confined.allocate(LONE_LARGE);
      from.fill((byte) 7);
      MemorySegment to = shared.allocate(from.byteSize());
      BulkCopy.run(from, to, HELPERS);
      assertEquals(-1, from.mismatch(to));
    }
  }

  @Test
  void whatFailsInAPartFailsTheCall() {
    Arena arena = Arena.ofShared();
    MemorySegment from = arena.allocate(LONE_LARGE);
    arena.close();
    MemorySegment to = MemorySegment.ofArray(new byte[LONE_LARGE]);
    assertThrows(IllegalStateException.class, () -> BulkCopy.run(from, to, HELPERS));
  }

  @Test
  void anInterruptIsKept() {
    MemorySegment from = MemorySegment.ofArray(new byte[LONE_LARGE]);
    Thread.currentThread().interrupt();
    BulkCopy.run(from, MemorySegment.ofArray(new byte[LONE_LARGE]), HELPERS);
    assertTrue(Thread.interrupted());
  }

  @Test
  void aFileThatIsTruncatedUnderTheHelpersIsAnException() throws Exception {
    try (TestStores stores = new TestStores()) {
      Path path = stores.path();
      StoreOptions options = TestStores.SMALL.withCapacityBytes(2 * LONE_LARGE).withCopyThreads(4);
      try (ObjectStore store = ObjectStore.open(path, options);
          WritableObject object = store.create(LONE_LARGE)) {
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.truncate(Files.size(path) - (2 * LONE_LARGE - (1 << 20)));
        }
        MemorySegment data = MemorySegment.ofArray(new byte[LONE_LARGE]);
        assertThrows(StoreCorruptException.class, () -> object.append(data));
      } catch (StoreCorruptException e) {
        assertTrue(e.getMessage().contains("truncated"), e.getMessage());
      }
    }
  }

  @Test
  void anObjectPutByThreadsIsIntact() throws Exception {
    try (TestStores stores = new TestStores()) {
      StoreOptions options = TestStores.SMALL.withCapacityBytes(64 << 20);
      try (ObjectStore store = ObjectStore.open(stores.path(), options)) {
        byte[] bytes = TestStores.bytes(3, LONE_LARGE);
        ObjectRef ref = store.put("n", MemorySegment.ofArray(bytes));
        try (ObjectView view = store.get(ref)) {
          assertTrue(view.isIntact());
          assertEquals(-1, view.segment().mismatch(MemorySegment.ofArray(bytes)));
          assertEquals(bytes[77], view.segment().get(ValueLayout.JAVA_BYTE, 77));
        }
        assertEquals(0, TestStores.tables(store).processes().copies());
      }
    }
  }
}
