package hak.store.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreAccessException;
import hak.store.StoreCorruptException;
import hak.store.StoreException;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.VerifyReport.Outcome;
import hak.store.WritableObject;
import hak.store.access.TestStores;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.process.Identity;
import hak.store.slots.SlotRef;
import hak.store.slots.StateWord;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged, hostile and unsuitable files. */
class FaultTest {
  private final TestStores stores = new TestStores();
  private Path path;
  private ObjectRef kept;
  private ObjectRef last;

  @BeforeEach
  void fill() {
    path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      kept = store.put("kept", TestStores.data(1, 5000));
      last = store.put("last", TestStores.data(2, 50_000));
    }
  }

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  private void write(long offset, byte... bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), offset);
    }
  }

  private void flip(long offset) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      byte[] one = StoreFile.read(channel, offset, 1);
      one[0] ^= 0x10;
      channel.write(ByteBuffer.wrap(one), offset);
    }
  }

  private StoreHeader header() {
    return StoreHeader.of(TestStores.SMALL, 0);
  }

  private String refusal() {
    return assertThrows(StoreCorruptException.class, () -> ObjectStore.open(path, TestStores.SMALL))
        .getMessage();
  }

  @Test
  void aNewStoreIsItsOwnersAlone() throws Exception {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void aNewStoreIsNotMadeOfAFileThatIsThere() throws Exception {
    byte[] before = Files.readAllBytes(path);
    assertThrows(StoreAccessException.class, () -> ObjectStore.createNew(path, TestStores.SMALL));
    assertArrayEquals(before, Files.readAllBytes(path));
    try (ObjectStore store = ObjectStore.createNew(stores.path(), TestStores.SMALL)) {
      assertEquals(List.of(), store.list());
    }
  }

  @Test
  void wrongMagicVersionAndByteOrderAreToldApart() throws Exception {
    write(0, (byte) 'X');
    assertTrue(refusal().contains("is not an object store"), refusal());
    write(0, (byte) 'H');
    write(12, (byte) 9);
    assertTrue(
        refusal().contains("of version 9; this is version " + StoreHeader.VERSION), refusal());
    write(12, (byte) StoreHeader.VERSION);
    write(8, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
    assertTrue(refusal().contains("other byte order"), refusal());
  }

  @Test
  void aDamagedHeaderIsRestoredFromItsCopy() throws Exception {
    flip(24);
    assertTrue(refusal().contains("its checksum is wrong"), refusal());
    assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome());
    assertFalse(StoreVerifier.repair(path).repairs().isEmpty());
    checkClean(2);
  }

  private void checkClean(int objects) {
    VerifyReport report = StoreVerifier.verify(path);
    assertEquals(List.of(), report.findings());
    assertEquals(Outcome.CLEAN, report.outcome());
    assertEquals(objects, report.objects());
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertArrayEquals(TestStores.bytes(1, 5000), TestStores.read(store, kept));
      store.put(TestStores.data(3, 70_000));
    }
  }

  @Test
  void verifyChangesNothing() throws Exception {
    flip(header().dataOffset() + 100);
    byte[] before = Files.readAllBytes(path);
    assertEquals(Outcome.DATA_LOST, StoreVerifier.verify(path).outcome());
    assertArrayEquals(before, Files.readAllBytes(path));
  }

  @Test
  void verifyingSaysHowFarItIs() {
    List<Long> steps = new ArrayList<>();
    StoreVerifier.verify(
        path,
        (bytes, of) -> {
          assertEquals(55_000, of);
          steps.add(bytes);
        });
    assertEquals(List.of(5000L, 55_000L), steps.stream().distinct().toList());
  }

  @Test
  void damagedDataIsFoundAndDroppedAndTheRestStays() throws Exception {
    flip(header().dataOffset() + 5056 + 100);
    VerifyReport report = StoreVerifier.verify(path);
    assertEquals(Outcome.DATA_LOST, report.outcome());
    assertEquals(4, report.outcome().exitCode());
    assertEquals(List.of("slot 1, " + last + ", last: its checksum is wrong"), report.findings());
    assertEquals(
        List.of("dropped slot 1, " + last + ", last", "rebuilt the bookkeeping"),
        StoreVerifier.repair(path).repairs());
    checkClean(1);
  }

  @Test
  void hostileLengthsOffsetsAndStatesAreRefused() throws Exception {
    long slot = header().slotsOffset() + StoreHeader.SLOT_BYTES;
    byte[] huge = {-1, -1, -1, -1, -1, -1, -1, 0x7F};
    for (int field : new int[] {8, 16}) {
      write(slot + field, huge);
      try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
        assertThrows(StoreCorruptException.class, () -> store.get(last));
        assertArrayEquals(TestStores.bytes(1, 5000), TestStores.read(store, kept));
      }
      // Where the data is the bookkeeping knows too, how long it is nothing else.
      boolean lost = field == 16;
      assertEquals(
          lost ? Outcome.DATA_LOST : Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome());
      String object = "slot 1, " + last + ", last";
      assertEquals(
          lost ? "dropped " + object : "restored " + object + ": its place",
          StoreVerifier.repair(path).repairs().getFirst());
      checkClean(lost ? 1 : 2);
      stores.close();
      fill();
      slot = header().slotsOffset() + StoreHeader.SLOT_BYTES;
    }
    write(slot, (byte) 7);
    assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome());
    StoreVerifier.repair(path);
    checkClean(2);
  }

  @Test
  void anObjectThatClaimsAnOwnerWhoNeverAllocatedItIsDropped() throws Exception {
    ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    word.putLong(StateWord.of(StateWord.ALLOCATED, 0, SlotRef.generation(last)));
    write(header().slotsOffset() + StoreHeader.SLOT_BYTES, word.array());
    assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome());
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertEquals(1, store.stats().objects());
    }
    checkClean(1);
  }

  @Test
  void overlappingObjectsAreFound() throws Exception {
    write(header().slotsOffset() + StoreHeader.SLOT_BYTES + 8, new byte[8]);
    assertEquals(Outcome.REPAIRABLE, StoreVerifier.verify(path).outcome());
    StoreVerifier.repair(path);
    checkClean(2);
  }

  @Test
  void damagedBookkeepingIsRebuilt() throws Exception {
    for (long offset :
        new long[] {
          StoreHeader.FIRST_EXTENT,
          StoreHeader.USED_UNITS,
          StoreHeader.OBJECTS,
          StoreHeader.BIN_MAP + 8,
          StoreHeader.BINS + 4,
          header().extentsOffset(),
          header().extentsOffset() + StoreHeader.EXTENT_BYTES + 12,
          header().freeSlotsOffset(),
          header().spareExtentsOffset() - Long.BYTES,
          header().spareExtentsOffset()
        }) {
      flip(offset);
      VerifyReport report = StoreVerifier.verify(path);
      assertEquals(Outcome.REPAIRABLE, report.outcome(), "at " + offset);
      assertEquals(3, report.outcome().exitCode());
      assertEquals(
          List.of("rebuilt the bookkeeping"), StoreVerifier.repair(path).repairs(), "" + offset);
      VerifyReport after = StoreVerifier.verify(path);
      assertEquals(List.of(), after.findings(), "at " + offset);
    }
    checkClean(2);
  }

  @Test
  void aTakenProcessEntryIsAlwaysCounted() {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      TestStores.tables(store).region().putIntVolatile(StoreHeader.PROCESSES, 0);
      assertEquals(Outcome.REPAIRABLE, store.verify().outcome());
      assertEquals(List.of("rebuilt the bookkeeping"), TestStores.repair(store));
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void aStoreInUseHealsItsBookkeepingAfterItFailedOnIt() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      write(header().freeSlotsOffset(), (byte) -1);
      assertThrows(StoreCorruptException.class, () -> store.put(TestStores.data(3, 10)));
      ObjectRef ref = store.put(TestStores.data(3, 10));
      assertArrayEquals(TestStores.bytes(3, 10), TestStores.read(store, ref));
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void aTruncatedFileIsRefusedAndRepaired() throws Exception {
    long keep = header().dataOffset() + 8192;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(keep);
    }
    assertTrue(refusal().contains("was truncated"), refusal());
    assertEquals(Outcome.DATA_LOST, StoreVerifier.verify(path).outcome());
    assertTrue(StoreVerifier.repair(path).repairs().contains("dropped slot 1, " + last + ", last"));
    checkClean(1);
  }

  @Test
  void aFileTruncatedWhileMappedIsAnExceptionAndNoCrash() throws Exception {
    for (long length : new long[] {header().dataOffset(), header().slotsOffset(), 4096, 0}) {
      Path file = stores.path();
      ObjectStore store = ObjectStore.open(file, TestStores.SMALL);
      ObjectRef ref = store.put(TestStores.data(1, 50_000));
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      assertThrows(
          StoreCorruptException.class,
          () -> {
            try (ObjectView view = store.get(ref)) {
              if (!view.isIntact()) {
                throw new StoreCorruptException("not intact");
              }
            }
          });
      assertThrows(
          StoreCorruptException.class,
          () -> {
            store.put(TestStores.data(1, 50_000));
            store.stats();
            throw new StoreCorruptException("the tables are still there: " + length);
          });
      try {
        store.close();
      } catch (StoreCorruptException e) {
        assertTrue(e.getMessage().contains("truncated"), e::getMessage);
      }
    }
  }

  @Test
  void filesThatAreNoStoresAreRefused() throws Exception {
    for (int size : new int[] {0, 10, 4095, 4096, 100_000}) {
      Path file = stores.path();
      Files.write(file, new byte[size]);
      assertThrows(StoreCorruptException.class, () -> ObjectStore.open(file, TestStores.SMALL));
      assertEquals(Outcome.DATA_LOST, StoreVerifier.verify(file).outcome());
      assertThrows(StoreCorruptException.class, () -> StoreVerifier.repair(file));
    }
  }

  @Test
  void linksFoldersMissingFilesAndForeignFilesAreRefused() throws Exception {
    Path link = stores.path();
    Files.createSymbolicLink(link, path);
    check("is a symbolic link", link);
    check("is not a regular file", path.getParent());
    check("there is no", stores.path());
    Path open = stores.path();
    Files.copy(path, open);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw----"));
    checkRefused("chmod 600", open);
    Path foreign = Path.of("/etc/hostname");
    boolean isRoot = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    if (!isRoot) {
      checkRefused("belongs to", foreign);
    } else {
      Path given = stores.path();
      Files.copy(path, given);
      Files.setAttribute(given, "unix:uid", 12345);
      checkRefused("belongs to", given);
      assertEquals(Outcome.CLEAN, StoreVerifier.verify(given).outcome());
    }
  }

  private static void check(String message, Path file) {
    checkRefused(message, file);
    assertThrows(StoreAccessException.class, () -> StoreVerifier.verify(file));
  }

  /** That it is not opened to be written; to verify it is to read it. */
  private static void checkRefused(String message, Path file) {
    StoreException e =
        assertThrows(
            StoreAccessException.class,
            () -> ObjectStore.open(file, TestStores.SMALL.withCreate(false)));
    assertTrue(e.getMessage().contains(message), e::getMessage);
  }

  @Test
  void aStoreUsedInAnotherPidNamespaceIsRefusedUntilRepaired() throws Exception {
    long entry = header().processesOffset();
    ByteBuffer foreign = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    foreign.putLong(Identity.ofThisProcess().self() + 1);
    foreign.putLong(Identity.ofThisProcess().habitat() ^ 1);
    write(entry, foreign.array());
    String message =
        assertThrows(StoreAccessException.class, () -> ObjectStore.open(path, TestStores.SMALL))
            .getMessage();
    assertTrue(message.contains("another PID namespace"), message);
    StoreVerifier.repair(path);
    checkClean(2);
  }

  @Test
  void aFullProcessTableIsReported() throws Exception {
    StoreOptions one = TestStores.SMALL.withProcessLimit(1);
    Path file = stores.path();
    try (ObjectStore store = TestStores.openAs(file, one, new TestStores.SimulatedProcess())) {
      String message =
          assertThrows(
                  StoreFullException.class,
                  () -> TestStores.openAs(file, one, new TestStores.SimulatedProcess()))
              .getMessage();
      assertTrue(message.contains("1 processes"), message);
      assertEquals(1, store.stats().processes());
    }
  }

  /** Needs a file system of its own that is small: give one by -Dhak.store.smallFs=/mnt/small. */
  @Test
  void aFullFileSystemIsAnExceptionThatNamesTheCure(@TempDir Path unused) throws Exception {
    String folder = System.getProperty("hak.store.smallFs");
    Assumptions.assumeTrue(folder != null, "no small file system given");
    Path file = Path.of(folder, "store");
    try (ObjectStore store =
        ObjectStore.open(file, StoreOptions.DEFAULT.withObjectLimit(100).withProcessLimit(2))) {
      ObjectRef first = store.put(TestStores.data(1, 1000));
      String message =
          assertThrows(
                  StoreFullException.class,
                  () -> {
                    while (true) {
                      store.put(TestStores.data(2, 1 << 20));
                    }
                  })
              .getMessage();
      assertTrue(message.contains("remount,size="), message);
      assertArrayEquals(TestStores.bytes(1, 1000), TestStores.read(store, first));
      assertEquals(List.of(), store.verify().findings());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void objectsOfAHundredMegabytesWork() {
    try (ObjectStore store = ObjectStore.open(stores.path(), StoreOptions.DEFAULT)) {
      try (WritableObject object = store.create(100L << 20)) {
        object.segment().set(ValueLayout.JAVA_INT, 96 << 20, 5);
        ObjectRef ref = object.seal();
        try (ObjectView view = store.get(ref)) {
          assertEquals(100L << 20, view.sizeBytes());
          assertTrue(view.isIntact());
        }
        store.delete(ref);
      }
      assertEquals(0, store.stats().usedBytes());
    }
  }
}
