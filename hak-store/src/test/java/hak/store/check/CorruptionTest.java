package hak.store.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectInfo;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreCorruptException;
import hak.store.StoreOptions;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.access.TestStores;
import hak.store.file.StoreHeader;
import hak.store.slots.SlotRef;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Stores in which bits, stretches of bytes or both are wrong, anywhere, and an oracle that knows
 * every object: after one repair each object whose bytes are as they were is there, and of each
 * other that is not, the repair has said so. -Dhak.store.corruptions=10000 makes that many.
 */
@PropertyDefaults(shrinking = ShrinkingMode.OFF)
class CorruptionTest {
  private static final int PER_STORE = 50;
  private static final int OBJECT_LIMIT = 40;
  private static final StoreOptions OPTIONS =
      StoreOptions.DEFAULT
          .withCapacityBytes(128 << 10)
          .withObjectLimit(OBJECT_LIMIT)
          .withProcessLimit(4)
          .withGrowthBytes(16 << 10)
          .withLockTimeout(Duration.ofSeconds(1));
  private static final StoreHeader HEADER = StoreHeader.of(OPTIONS, 0);

  private static TestStores stores;
  private static int made;
  private static int lost;
  private static int kept;

  @BeforeContainer
  static void open() {
    stores = new TestStores();
  }

  @AfterContainer
  static void close() throws IOException {
    stores.close();
    assertTrue(made > 0 && lost > 0 && kept > lost, made + " stores, " + kept + ", " + lost);
  }

  /** An object, and where its bytes are in the file. */
  private record Known(
      ObjectRef ref,
      String name,
      MemorySegment data,
      ObjectMetadata metadata,
      int references,
      long dataAt) {
    int slot() {
      return SlotRef.slot(ref);
    }

    long row() {
      return HEADER.slotsOffset() + (long) slot() * StoreHeader.SLOT_BYTES;
    }

    long nameRow() {
      return HEADER.namesOffset() + (long) slot() * StoreHeader.NAME_ROW_BYTES;
    }

    long metadataRow() {
      return HEADER.metadataOffset() + (long) slot() * StoreHeader.METADATA_ROW_BYTES;
    }

    boolean isUntouched(byte[] before, byte[] after) {
      return isSame(before, after, row(), StoreHeader.SLOT_BYTES)
          && (name.isEmpty() || isSame(before, after, nameRow(), StoreHeader.NAME_ROW_BYTES))
          && (metadata.isNone()
              || isSame(before, after, metadataRow(), StoreHeader.METADATA_ROW_BYTES))
          && isSame(before, after, dataAt, data.byteSize());
    }

    private static boolean isSame(byte[] before, byte[] after, long at, long length) {
      int from = Math.toIntExact(at);
      int to = Math.toIntExact(at + length);
      return Arrays.equals(before, from, to, after, from, to);
    }

    boolean isThere(ObjectStore store) {
      if (!store.contains(ref)) {
        return false;
      }
      assertEquals(-1, data.mismatch(MemorySegment.ofArray(TestStores.read(store, ref))));
      try (ObjectView view = store.get(ref)) {
        assertEquals(metadata, view.metadata());
      }
      return name.isEmpty() || (store.contains(name) && store.find(name).equals(ref));
    }
  }

  private static int tries() {
    return Integer.getInteger("hak.store.corruptions", 500);
  }

  @Property(tries = 1)
  void oneRepairKeepsWhatIsWholeAndSaysWhatIsLost(@ForAll long seed) throws IOException {
    for (int i = 0; i < tries(); i += PER_STORE) {
      corruptOneStore(seed + i);
    }
  }

  /** In one of these an object's row becomes noise with the state of a deletion by the dead. */
  @Example
  void noiseThatReadsAsADeletionIsSaid() throws IOException {
    corruptOneStore(-78_951);
  }

  /** In one of these it has the state of space that a process keeps. */
  @Example
  void noiseThatReadsAsKeptSpaceIsSaid() throws IOException {
    corruptOneStore(-9_223_372_036_854_770_409L);
  }

  /** In one of these a name gets a line break beyond ASCII. */
  @Example
  void aReportIsALineWhateverTheNameIs() throws IOException {
    corruptOneStore(8_906);
  }

  private static void corruptOneStore(long seed) throws IOException {
    Path path = stores.path();
    List<Known> known = new ArrayList<>();
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      fill(store, new Random(seed), known);
    }
    byte[] sound = Files.readAllBytes(path);
    for (int i = 0; i < PER_STORE; i++) {
      Random random = new Random(31 * seed + i);
      byte[] bytes = sound.clone();
      corrupt(random, bytes);
      Files.delete(path);
      Files.write(path, bytes);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      try {
        check(path, known, sound, bytes);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", store " + i + ": " + e.getMessage(), e);
      }
      made++;
    }
  }

  /** Objects with and without names, metadata and data, some deleted or with more references. */
  private static void fill(ObjectStore store, Random random, List<Known> known) {
    for (int i = 0; i < 4 * OBJECT_LIMIT; i++) {
      boolean full = known.size() > OBJECT_LIMIT * 3 / 4;
      if (full || (!known.isEmpty() && random.nextInt(3) == 0)) {
        store.delete(known.remove(random.nextInt(known.size())).ref());
        continue;
      }
      String name = random.nextBoolean() ? "object " + i : "";
      int length = random.nextInt(8) == 0 ? 0 : random.nextInt(random.nextBoolean() ? 300 : 4000);
      MemorySegment data = TestStores.data(random.nextLong(), length);
      ObjectMetadata metadata =
          ObjectMetadata.of(random.nextInt(2), "x".repeat(random.nextInt(2) * random.nextInt(257)));
      ObjectRef ref = name.isEmpty() ? store.put(data, metadata) : store.put(name, data, metadata);
      int references = random.nextInt(4) == 0 ? store.retain(ref) : 1;
      long at = TestStores.tables(store).slots().offset(SlotRef.slot(ref));
      known.add(new Known(ref, name, data, metadata, references, HEADER.dataOffset() + at));
    }
  }

  private static void corrupt(Random random, byte[] bytes) {
    int kind = random.nextInt(3);
    if (kind != 0) {
      for (int n = 1 + random.nextInt(12); n > 0; n--) {
        bytes[place(random)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    if (kind != 1) {
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        burst(random, bytes);
      }
    }
  }

  private static void burst(Random random, byte[] bytes) {
    int from = place(random);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(200));
    switch (random.nextInt(3)) {
      case 0 -> Arrays.fill(bytes, from, to, (byte) 0);
      case 1 -> Arrays.fill(bytes, from, to, (byte) -1);
      default -> {
        byte[] noise = new byte[to - from];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, from, noise.length);
      }
    }
  }

  /** A place in one of the parts of the file; each is as likely as the others. */
  private static int place(Random random) {
    long[] parts = {
      0,
      StoreHeader.LOCK,
      StoreHeader.COPY,
      HEADER.waitsOffset(),
      HEADER.processesOffset(),
      HEADER.slotsOffset(),
      HEADER.namesOffset(),
      HEADER.extentsOffset(),
      HEADER.metadataOffset(),
      HEADER.freeSlotsOffset(),
      HEADER.dataOffset(),
      HEADER.dataOffset() + HEADER.capacityBytes()
    };
    int part = random.nextInt(parts.length - 1);
    return Math.toIntExact(parts[part] + random.nextLong(parts[part + 1] - parts[part]));
  }

  private static void check(Path path, List<Known> known, byte[] sound, byte[] bytes) {
    VerifyReport report;
    try {
      report = StoreVerifier.repair(path);
    } catch (StoreCorruptException e) {
      assertTrue(isHeaderGone(sound, bytes), e::getMessage);
      return;
    }
    VerifyReport after = StoreVerifier.verify(path);
    assertEquals(List.of(), after.findings(), () -> "after " + report.repairs());
    assertEquals(VerifyReport.Outcome.CLEAN, after.outcome());
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      List<ObjectInfo> listed = store.list();
      for (Known each : known) {
        boolean there =
            each.isThere(store)
                && listed.stream()
                    .anyMatch(info ->
                        info.ref().equals(each.ref()) && info.references() == each.references());
        kept += there ? 1 : 0;
        lost += there ? 0 : 1;
        if (!there) {
          assertTrue(
              !each.isUntouched(sound, bytes) && isReported(report, each.slot()),
              () -> each.ref() + " is not there as it was: " + report);
        }
      }
      for (ObjectInfo info : listed) {
        int slot = SlotRef.slot(info.ref());
        assertTrue(
            known.stream().anyMatch(each -> each.ref().equals(info.ref()))
                || isReported(report, slot),
            () -> info + " was not there before: " + report);
        try (ObjectView view = store.get(info.ref())) {
          assertTrue(view.isIntact());
        }
      }
    }
  }

  private static boolean isReported(VerifyReport report, int slot) {
    return report.repairs().stream()
        .anyMatch(line -> line.matches("(dropped|restored|finished) slot " + slot + "\\b.*"));
  }

  /** Whether some number of the header is damaged in both copies. */
  private static boolean isHeaderGone(byte[] sound, byte[] bytes) {
    for (int at = 0; at < StoreHeader.STATIC_BYTES; at += Integer.BYTES) {
      int copy = StoreHeader.COPY + at;
      if (!Arrays.equals(sound, at, at + 4, bytes, at, at + 4)
          && !Arrays.equals(sound, copy, copy + 4, bytes, copy, copy + 4)) {
        return true;
      }
    }
    return false;
  }
}
