package hak.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreException;
import hak.store.StoreOptions;
import hak.store.StoreVerifier;
import hak.store.access.TestStores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Files with mutated headers and tables: whatever the numbers say, the answer is a result or a
 * StoreException, the JVM lives, and after a repair the store is clean. Each try makes 100 files;
 * -Dhak.store.mutations=100000 makes that many in all.
 */
@PropertyDefaults(shrinking = ShrinkingMode.OFF)
class HostileFileTest {
  private static final int FILES_PER_TRY = 100;
  private static final StoreOptions OPTIONS =
      StoreOptions.DEFAULT
          .withCapacityBytes(16 << 10)
          .withObjectLimit(8)
          .withProcessLimit(2)
          .withGrowthBytes(4096)
          .withLockTimeout(Duration.ofMillis(30));
  private static final StoreHeader HEADER = StoreHeader.of(OPTIONS, 0);
  private static final int FREE_ROWS_BYTES =
      (int) (FreeRows.bytesFor(HEADER.objectLimit()) + FreeRows.bytesFor(HEADER.extentCount()));

  private static TestStores stores;
  private static Path path;
  private static byte[] sound;
  private static int written;

  @BeforeContainer
  static void make() throws IOException {
    stores = new TestStores();
    path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      store.put("a", TestStores.data(1, 500));
      store.put(TestStores.data(2, 100));
      ObjectRef gone = store.put("b", TestStores.data(3, 3000));
      store.put("c", TestStores.data(4, 0));
      store.delete(gone);
    }
    sound = Files.readAllBytes(path);
  }

  @AfterContainer
  static void clean() throws IOException {
    stores.close();
    assertTrue(written >= FILES_PER_TRY, "files were made");
  }

  static int tries() {
    return Integer.getInteger("hak.store.mutations", 1500) / FILES_PER_TRY;
  }

  @Property(tries = 1)
  void hostileNumbersNeverCrash(@ForAll long seed) throws IOException {
    for (int i = 0; i < tries() * FILES_PER_TRY; i++) {
      check(seed + i);
    }
  }

  private static void check(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = sound.clone();
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      mutate(random, numbers);
    }
    if (random.nextBoolean()) {
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, StoreHeader.STATIC_BYTES - 4);
      numbers.putInt(StoreHeader.STATIC_BYTES - 4, (int) crc.getValue());
    }
    int length = random.nextInt(20) == 0 ? random.nextInt(bytes.length) : bytes.length;
    Files.delete(path);
    Files.write(path, Arrays.copyOf(bytes, length));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    written++;
    use(seed);
  }

  private static void mutate(Random random, ByteBuffer numbers) {
    int at =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt(StoreHeader.STATIC_BYTES);
          case 1 -> StoreHeader.LOCK + random.nextInt(StoreHeader.BINS + 960 - StoreHeader.LOCK);
          case 2 -> (int) HEADER.slotsOffset() + random.nextInt(8 * StoreHeader.SLOT_BYTES);
          case 3 -> (int) HEADER.namesOffset() + random.nextInt(8 * StoreHeader.NAME_ROW_BYTES);
          case 4 -> (int) HEADER.freeSlotsOffset() + random.nextInt(FREE_ROWS_BYTES - 8);
          default -> random.nextInt((int) HEADER.dataOffset() - 8);
        };
    long value =
        switch (random.nextInt(5)) {
          case 0 -> -1;
          case 1 -> Long.MAX_VALUE;
          case 2 -> random.nextInt(20);
          case 3 -> 1L << random.nextInt(64);
          default -> random.nextLong();
        };
    switch (random.nextInt(3)) {
      case 0 -> numbers.put(at, (byte) value);
      case 1 -> numbers.putInt(at & ~3, (int) value);
      default -> numbers.putLong(at & ~7, value);
    }
  }

  private static void use(long seed) {
    attempt(() -> StoreVerifier.verify(path));
    attempt(() -> {
      try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
        attempt(store::list);
        attempt(store::stats);
        attempt(store::verify);
        attempt(() -> store.get("a").close());
        attempt(() -> store.put("z", MemorySegment.ofArray(new byte[700])));
        attempt(() -> store.delete("a"));
        attempt(() -> store.put(MemorySegment.ofArray(new byte[100])));
        attempt(() -> store.list().forEach(info -> store.get(info.ref()).close()));
        attempt(() -> store.list().forEach(info -> store.delete(info.ref())));
      }
    });
    boolean[] repaired = new boolean[1];
    attempt(() -> {
      StoreVerifier.repair(path);
      repaired[0] = true;
    });
    if (repaired[0]) {
      assertEquals(List.of(), StoreVerifier.verify(path).findings(), () -> "seed " + seed);
    }
  }

  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (StoreException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
    }
  }
}
