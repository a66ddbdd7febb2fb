package hak.store;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.store.access.TestStores;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects listed by how their names begin; by members of a store and by who only reads it. */
class ListPrefixTest {
  private final TestStores stores = new TestStores();
  private ObjectStore store;
  private ObjectStore reader;

  @BeforeEach
  void fill() {
    Path path = stores.path();
    store = ObjectStore.open(path, TestStores.SMALL);
    reader = ObjectStore.openReadOnly(path);
    store.put(TestStores.data(1, 10));
    store.put("layer-1", TestStores.data(1, 10));
    store.put("layer-10", TestStores.data(1, 10));
    store.put("la", TestStores.data(1, 10));
    store.put("größe", TestStores.data(1, 10));
    store.put("\uD83D\uDE00", TestStores.data(1, 10));
  }

  @AfterEach
  void close() throws Exception {
    reader.close();
    store.close();
    stores.close();
  }

  private static Set<String> names(ObjectStore store, String prefix) {
    return store.list(prefix).stream().map(ObjectInfo::name).collect(toCollection(TreeSet::new));
  }

  private void assertListed(String prefix, String... names) {
    assertEquals(Set.of(names), names(store, prefix));
    assertEquals(Set.of(names), names(reader, prefix));
  }

  @Test
  void thoseAreListedWhoseNamesBeginSo() {
    assertListed("layer-", "layer-1", "layer-10");
    assertListed("layer-10", "layer-10");
    assertListed("layer-100");
    assertListed("la", "la", "layer-1", "layer-10");
    assertListed("grö", "größe");
    assertListed("\uD83D\uDE00", "\uD83D\uDE00");
    assertListed("x".repeat(500));
  }

  @Test
  void theEmptyPrefixIsThatOfAllAlsoOfThoseWithoutName() {
    assertEquals(6, store.list("").size());
    assertListed("", "", "layer-1", "layer-10", "la", "größe", "\uD83D\uDE00");
  }

  @Test
  void whatIsBeingWrittenIsListedToo() {
    try (WritableObject object = store.create("layer-2", 5)) {
      assertListed("layer-2", "layer-2");
      object.seal();
    }
    store.delete("layer-2");
    assertListed("layer-2");
  }

  @Test
  void halfASurrogatePairBeginsNoName() {
    assertThrows(IllegalArgumentException.class, () -> store.list("\uD83D"));
    assertThrows(IllegalArgumentException.class, () -> reader.list("\uD83D"));
  }
}
