package hak.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.access.TestStores;
import hak.store.file.StoreHeader;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of objects beside their data. */
class MetadataTest {
  private static final ObjectMetadata SAID = ObjectMetadata.of(-7, "größe=3");

  private final TestStores stores = new TestStores();
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStore.open(stores.path(), TestStores.SMALL);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    stores.close();
  }

  private static ObjectMetadata of(ObjectStore store, ObjectRef ref) {
    try (ObjectView view = store.get(ref)) {
      assertTrue(view.isIntact());
      ObjectMetadata metadata = view.metadata();
      assertEquals(
          metadata,
          store.list().stream()
              .filter(info -> info.ref().equals(ref))
              .findFirst()
              .orElseThrow()
              .metadata());
      return metadata;
    }
  }

  @Test
  void itIsWhatWasSaidWithAndWithoutNameAndData() {
    byte[] most = TestStores.bytes(1, ObjectMetadata.MAX_BYTES);
    ObjectMetadata longest = ObjectMetadata.of(Integer.MIN_VALUE, most);
    ObjectRef named = store.put("n", TestStores.data(1, 100), SAID);
    ObjectRef nameless = store.put(TestStores.data(2, 300_000), longest);
    ObjectRef typed = store.put(TestStores.data(2, 0), ObjectMetadata.of(3));
    ObjectRef plain = store.put("p", TestStores.data(3, 10), ObjectMetadata.NONE);
    try (ObjectStore reader = ObjectStore.openReadOnly(store.path())) {
      for (ObjectStore each : List.of(store, reader)) {
        assertEquals(SAID, of(each, named));
        assertEquals(longest, of(each, nameless));
        assertArrayEquals(most, of(each, nameless).bytes());
        assertEquals(3, of(each, typed).type());
        assertSame(ObjectMetadata.NONE, of(each, plain));
      }
    }
    assertArrayEquals(TestStores.bytes(1, 100), TestStores.read(store, named));
    assertEquals(List.of(), store.verify().findings());
  }

  @Test
  void itIsSealedWithAnObjectThatIsWrittenInPlace() {
    try (WritableObject object = store.create("n", 70_000, SAID)) {
      object.segment().copyFrom(TestStores.data(1, 70_000));
      assertEquals(SAID, of(store, object.seal()));
    }
    try (WritableObject object = store.create(10, SAID)) {
      object.append(TestStores.data(1, 10));
      assertEquals(SAID, of(store, object.seal()));
    }
  }

  @Test
  void whoeverGetsTheSlotNextHasNone() {
    for (int i = 0; i < 200; i++) {
      boolean said = i % 2 == 0;
      ObjectRef ref = store.put(TestStores.data(i, 100), said ? SAID : ObjectMetadata.NONE);
      assertEquals(said ? SAID : ObjectMetadata.NONE, of(store, ref));
      store.delete(ref);
      ObjectRef plain = store.put(TestStores.data(i, 100));
      assertSame(ObjectMetadata.NONE, of(store, plain));
      store.delete(plain);
    }
    assertEquals(0, store.stats().usedBytes());
    assertEquals(List.of(), store.verify().findings());
  }

  @Test
  void theChecksumCoversIt() {
    ObjectRef ref = store.put("n", TestStores.data(1, 100), SAID);
    Slots slots = TestStores.tables(store).slots();
    int slot = SlotRef.slot(ref);
    TestStores.tables(store).region().putInt(slots.metadataAt(slot), 8);
    assertFalse(isIntact(ref));
    assertEquals(VerifyReport.Outcome.DATA_LOST, store.verify().outcome());
    slots.metadata(slot, SAID);
    assertTrue(isIntact(ref));
    slots.metadata(slot, ObjectMetadata.of(-7, "größe=4"));
    assertFalse(isIntact(ref));
    slots.name(slot, "n".getBytes(StandardCharsets.UTF_8));
    assertFalse(isIntact(ref), "it is missing");
  }

  private boolean isIntact(ObjectRef ref) {
    try (ObjectView view = store.get(ref)) {
      return view.isIntact();
    }
  }

  @Test
  void itStaysWhenTheObjectIsMovedOrLosesTheHashOfItsName() {
    store.put("gone", TestStores.data(1, 1000));
    ObjectRef ref = store.put("n", TestStores.data(2, 100_000), SAID);
    store.delete("gone");
    assertTrue(store.compact() > 0);
    assertEquals(SAID, of(store, ref));
    Slots slots = TestStores.tables(store).slots();
    TestStores.tables(store).region().putInt(nameHashAt(SlotRef.slot(ref)), 5);
    assertFalse(slots.isNameSound(SlotRef.slot(ref)));
    assertTrue(
        TestStores.repair(store).stream().anyMatch(line -> line.contains("the hash of its name")));
    assertEquals(SAID, of(store, store.find("n")));
  }

  private static long nameHashAt(int slot) {
    return StoreHeader.of(TestStores.SMALL, 0).namesOffset()
        + (long) slot * StoreHeader.NAME_ROW_BYTES;
  }

  @Test
  void moreThanItCanBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ObjectMetadata.of(1, new byte[257]));
    assertThrows(IllegalArgumentException.class, () -> ObjectMetadata.of(1, "ö".repeat(129)));
    assertEquals(0, store.stats().objects());
  }

  @Test
  void whoOnlyReadsSaysNothing() {
    try (ObjectStore reader = ObjectStore.openReadOnly(store.path())) {
      assertThrows(StoreAccessException.class, () -> reader.put(TestStores.data(1, 1), SAID));
      assertThrows(StoreAccessException.class, () -> reader.create("n", 1, SAID));
    }
  }

  @Test
  void itIsAValue() {
    byte[] bytes = {1, 2, 3};
    ObjectMetadata metadata = ObjectMetadata.of(5, bytes);
    bytes[0] = 9;
    metadata.bytes()[1] = 9;
    assertArrayEquals(new byte[] {1, 2, 3}, metadata.bytes());
    assertEquals(ObjectMetadata.of(5, new byte[] {1, 2, 3}), metadata);
    assertEquals(ObjectMetadata.of(5, new byte[] {1, 2, 3}).hashCode(), metadata.hashCode());
    assertNotEquals(ObjectMetadata.of(6, new byte[] {1, 2, 3}), metadata);
    assertNotEquals(ObjectMetadata.of(5), metadata);
    assertEquals("type 5, 010203", metadata.toString());
    assertSame(ObjectMetadata.NONE, ObjectMetadata.of(0, ""));
    assertEquals("größe", ObjectMetadata.of(1, "größe").text());
  }
}
