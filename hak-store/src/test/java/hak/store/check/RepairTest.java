package hak.store.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreAccessException;
import hak.store.StoreCorruptException;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.VerifyReport.Outcome;
import hak.store.WritableObject;
import hak.store.access.TestStores;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.slots.SlotRef;
import hak.store.slots.StateWord;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a repair keeps, restores and drops, and that it says so. */
class RepairTest {
  /** 63 units each: a flipped bit makes that 191, three neighbours more. */
  private static final int BYTES = 63 * 64;

  private static final int OBJECTS = 5;
  private static final StoreHeader HEADER = StoreHeader.of(TestStores.SMALL, 0);
  private static final int OFFSET = 8;
  private static final int LENGTH = 16;
  private static final int REFERENCES = 28;
  private static final int UNITS = 40;

  private final TestStores stores = new TestStores();
  private final List<ObjectRef> refs = new ArrayList<>();
  private Path path;

  @BeforeEach
  void fill() {
    path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      for (int i = 0; i < OBJECTS; i++) {
        refs.add(store.put("object " + i, TestStores.data(i, BYTES)));
      }
    }
  }

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  private static long row(int slot) {
    return HEADER.slotsOffset() + (long) slot * StoreHeader.SLOT_BYTES;
  }

  private byte[] read(long at, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return StoreFile.read(channel, at, length);
    }
  }

  private void write(long at, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }

  private void flip(long at, int bit) throws IOException {
    byte[] one = read(at + bit / 8, 1);
    one[0] ^= (byte) (1 << bit % 8);
    write(at + bit / 8, one);
  }

  private void writeLong(long at, long value) throws IOException {
    write(at, ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array());
  }

  /** Repairs once, after which the store is clean and has these objects. */
  private List<String> repairAndKeep(List<ObjectRef> expected) {
    List<String> repairs = StoreVerifier.repair(path).repairs();
    VerifyReport after = StoreVerifier.verify(path);
    assertEquals(List.of(), after.findings());
    assertEquals(Outcome.CLEAN, after.outcome());
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertEquals(expected, store.list().stream().map(ObjectInfo::ref).toList());
      for (ObjectRef ref : expected) {
        int i = refs.indexOf(ref);
        assertArrayEquals(TestStores.bytes(i, BYTES), TestStores.read(store, ref));
        assertEquals(ref, store.find("object " + i));
      }
    }
    return repairs;
  }

  private List<ObjectRef> without(int slot) {
    List<ObjectRef> others = new ArrayList<>(refs);
    others.remove(slot);
    return others;
  }

  private void checkRestored(int slot, String what) {
    VerifyReport report = StoreVerifier.verify(path);
    assertEquals(Outcome.REPAIRABLE, report.outcome(), () -> what + ": " + report.findings());
    List<String> repairs = repairAndKeep(refs);
    String line =
        "restored slot " + slot + ", " + refs.get(slot) + ", object " + slot + ": " + what;
    assertTrue(repairs.contains(line), () -> "not '" + line + "' in " + repairs);
  }

  private void checkLost(int slot, String why) {
    VerifyReport report = StoreVerifier.verify(path);
    assertEquals(Outcome.DATA_LOST, report.outcome(), () -> why + ": " + report.findings());
    assertTrue(
        report.findings().stream().anyMatch(line -> line.endsWith(": " + why)), report::toString);
    List<String> repairs = repairAndKeep(without(slot));
    assertTrue(
        repairs.stream().anyMatch(line -> line.startsWith("dropped slot " + slot)),
        repairs::toString);
  }

  @Test
  void aFlippedBitInALengthOfSpaceCostsNoNeighbour() throws Exception {
    flip(row(1) + UNITS, 7);
    checkRestored(1, "the length of its space");
  }

  @Test
  void anObjectIsFoundWhereTheBookkeepingHasIt() throws Exception {
    for (int bit : new int[] {0, 6, 12, 40, 63}) {
      flip(row(2) + OFFSET, bit);
      checkRestored(2, "its place");
    }
    writeLong(row(2) + OFFSET, 0); // where the first one is
    checkRestored(2, "its place");
  }

  @Test
  void aSealedObjectIsRestoredWhateverBitOfItsStateIsFlipped() throws Exception {
    for (int bit : new int[] {0, 1, 2, 3, 10, 54, 58, 63}) {
      flip(row(3), bit);
      checkRestored(3, "its state");
    }
  }

  @Test
  void zerosInPartOfAStateDoNotMakeTheObjectVanish() throws Exception {
    write(row(3) + 7, new byte[1]);
    checkRestored(3, "its state");
    write(row(3), new byte[1]);
    checkRestored(3, "its state");
  }

  @Test
  void aDamagedGenerationIsReportedAsALoss() throws Exception {
    flip(row(3), 20);
    checkLost(3, "its checksum is wrong");
  }

  @Test
  void aWipedRowIsReportedAsALoss() throws Exception {
    write(row(2), new byte[StoreHeader.SLOT_BYTES]);
    checkLost(2, "its row was wiped");
  }

  @Test
  void aWipedStateIsReportedAsALoss() throws Exception {
    write(row(2), new byte[8]);
    checkLost(2, "its row was wiped");
  }

  @Test
  void aDamagedLengthIsReportedAsALoss() throws Exception {
    flip(row(1) + LENGTH, 3);
    checkLost(1, "its checksum is wrong");
  }

  @Test
  void anOwnerOfASealedObjectIsDamageAndNoPhantom() throws Exception {
    flip(row(0), 5);
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertEquals(without(0), store.list().stream().map(ObjectInfo::ref).toList());
      assertThrows(NoSuchObjectException.class, () -> store.get(refs.getFirst()));
      store.put(TestStores.data(9, 100)); // its space is not given away
    }
    assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome());
    StoreVerifier.repair(path);
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertArrayEquals(TestStores.bytes(0, BYTES), TestStores.read(store, refs.getFirst()));
      assertEquals(OBJECTS + 1, store.list().size());
    }
  }

  @Test
  void aDamagedCountOfReferencesDeletesNothing() throws Exception {
    for (int bit : new int[] {0, 1, 23, 24, 31}) {
      flip(row(4) + REFERENCES, bit);
      checkRestored(4, "its count of references");
    }
    writeLong(row(4) + 24, 0); // with the checksum
    assertEquals(Outcome.DATA_LOST, StoreVerifier.verify(path).outcome());
  }

  @Test
  void aStoreThatMustBeBuiltAnewIsNotUntilItsDamageIsRepaired() throws Exception {
    flip(row(4) + REFERENCES, 0);
    flip(StoreHeader.CHANGES, 0);
    String message =
        assertThrows(
                StoreCorruptException.class, () -> ObjectStore.open(path, TestStores.SMALL).close())
            .getMessage();
    assertTrue(message.contains("verify --repair"), message);
    checkRestored(4, "its count of references");
  }

  @Test
  void noBitOfTheLengthOfTheDataSpaceCostsAnObject() throws Exception {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      flip(StoreHeader.COMMITTED, bit);
      assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome(), "bit " + bit);
      repairAndKeep(refs);
    }
    for (long length : new long[] {0, -1, 4096, 1 << 20}) {
      writeLong(StoreHeader.COMMITTED, length);
      assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome(), "length " + length);
      repairAndKeep(refs);
    }
  }

  @Test
  void whatWasDeletedDoesNotComeBack() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      store.delete(refs.get(1));
    }
    for (int bit : new int[] {0, 1, 2, 5, 54, 63}) {
      flip(row(1), bit);
      assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome());
      List<String> repairs = repairAndKeep(without(1));
      assertTrue(repairs.getFirst().startsWith("tidied slot 1, "), repairs::toString);
    }
  }

  @Test
  void aNameIsNotGivenTwice() throws Exception {
    ObjectRef second;
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      store.delete(refs.get(1));
      store.delete(refs.get(0));
      second = store.put("object 1", TestStores.data(0, BYTES));
    }
    assertEquals(0, SlotRef.slot(second), "slot and space of the first stay as they were");
    long sealed = StateWord.of(StateWord.SEALED, 0, SlotRef.generation(refs.get(1)));
    writeLong(row(1), sealed ^ 1L << 60);
    String line = "slot 1, " + refs.get(1) + ", object 1: another object has its name";
    assertEquals(line, StoreVerifier.verify(path).findings().getLast());
    StoreVerifier.repair(path);
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertEquals(second, store.find("object 1"));
    }
    assertEquals(List.of(), StoreVerifier.verify(path).findings());
  }

  @Test
  void nothingIsDroppedThatIsRead() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      try (ObjectView view = store.get(refs.get(1))) {
        byte[] before = view.segment().toArray(ValueLayout.JAVA_BYTE);
        flip(row(1) + 24, 4);
        byte[] file = read(0, (int) (HEADER.dataOffset() + 64 * 1024));
        String message =
            assertThrows(StoreAccessException.class, () -> StoreVerifier.repair(path)).getMessage();
        assertTrue(message.startsWith("slot 1, " + refs.get(1) + ", object 1: "), message);
        assertTrue(message.contains("nothing was repaired"), message);
        long tables = HEADER.pinsOffset();
        byte[] after = read(0, file.length);
        assertTrue(
            Arrays.equals(file, (int) tables, file.length, after, (int) tables, file.length),
            "nothing was changed");
        store.put("more", TestStores.data(8, 200_000));
        assertArrayEquals(before, view.segment().toArray(ValueLayout.JAVA_BYTE));
        store.delete("more");
      }
      checkLost(1, "its checksum is wrong");
    }
  }

  @Test
  void nothingIsRepairedUnderWhoWrites() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      try (WritableObject object = store.create(BYTES)) {
        int slot = SlotRef.slot(object.ref());
        writeLong(row(slot) + OFFSET, 0);
        assertThrows(StoreAccessException.class, () -> StoreVerifier.repair(path));
      }
      assertEquals(refs, store.list().stream().map(ObjectInfo::ref).toList());
    }
  }

  @Test
  void aViewOfAnObjectThatIsRestoredGoesOn() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        ObjectView view = store.get(refs.get(1))) {
      flip(row(1) + UNITS, 7);
      checkRestored(1, "the length of its space");
      store.delete(refs.get(1));
      store.put("more", TestStores.data(8, 200_000));
      assertArrayEquals(TestStores.bytes(1, BYTES), view.segment().toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void aHeaderIsPutTogetherFromTwoDamagedCopies() throws Exception {
    flip(24, 3);
    flip(48, 60);
    flip(StoreHeader.COPY + 20, 1);
    flip(StoreHeader.COPY, 5);
    assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome());
    List<String> repairs = repairAndKeep(refs);
    assertTrue(repairs.contains("restored the header from its copy"), repairs::toString);
    assertTrue(repairs.contains("restored the header's copy"), repairs::toString);
  }

  @Test
  void aTableOfProcessesFullOfNonsenseIsNoObstacle() throws Exception {
    byte[] nonsense = TestStores.bytes(5, TestStores.SMALL.processLimit() * 64);
    write(HEADER.processesOffset(), nonsense);
    flip(row(2) + UNITS, 7);
    checkRestored(2, "the length of its space");
  }

  @Test
  void aSoundStoreIsLeftAlone() throws Exception {
    byte[] before = read(StoreHeader.COMMITTED, 1000);
    assertEquals(List.of(), StoreVerifier.repair(path).repairs());
    assertArrayEquals(before, read(StoreHeader.COMMITTED, 1000));
    assertFalse(refs.isEmpty());
  }
}
