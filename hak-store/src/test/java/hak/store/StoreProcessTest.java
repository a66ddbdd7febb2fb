package hak.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has a store open, what they read and how often they slept. */
class StoreProcessTest {
  private final TestStores stores = new TestStores();
  private final Path path = stores.path();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  @Test
  void eachProcessHasItsOwnViewsAndWaits() {
    try (ObjectStore one = ObjectStore.open(path, TestStores.SMALL);
        ObjectStore reader = ObjectStore.openReadOnly(path)) {
      ObjectRef ref = one.put(TestStores.data(1, 100));
      ObjectRef other = one.put(TestStores.data(2, 100));
      SimulatedProcess second = new SimulatedProcess();
      ObjectStore two = TestStores.openAs(path, TestStores.SMALL, second);
      ObjectView first = two.get(ref);
      ObjectView again = two.get(ref);
      ObjectView third = two.get(other);
      assertThrows(StoreTimeoutException.class, () -> one.get("none", Duration.ofMillis(1)));

      List<StoreProcess> processes = one.processes();
      assertEquals(2, processes.size());
      StoreProcess self = processes.getFirst();
      assertTrue(self.self());
      assertEquals(ProcessHandle.current().pid(), self.pid());
      assertEquals(0, self.views());
      assertTrue(self.waits() > 0);
      assertFalse(processes.get(1).self());
      assertEquals(3, processes.get(1).views());
      assertEquals(0, processes.get(1).waits());

      assertEquals(2, reader.processes().size());
      assertFalse(reader.processes().getFirst().self(), "a reader is no member");
      assertEquals(3, reader.processes().get(1).views());

      third.close();
      assertEquals(2, one.processes().get(1).views());
      assertEquals(List.of(ref, ref), List.of(first.ref(), again.ref()));
      second.die();
      assertEquals(1, one.processes().size(), "the dead are no users");
    }
  }

  @Test
  void whoOpensAStoreBeginsWithoutWaits() {
    SimulatedProcess first = new SimulatedProcess();
    ObjectStore one = TestStores.openAs(path, TestStores.SMALL, first);
    assertThrows(StoreTimeoutException.class, () -> one.get("none", Duration.ofMillis(1)));
    assertTrue(one.processes().getFirst().waits() > 0);
    one.close();
    try (ObjectStore two = ObjectStore.open(path, TestStores.SMALL)) {
      assertEquals(1, two.processes().size());
      assertEquals(0, two.processes().getFirst().waits());
    }
  }
}
