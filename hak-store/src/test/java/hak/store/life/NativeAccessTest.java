package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectStore;
import hak.store.access.TestStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that may not use native access has a store, which reaches memory by the mapping. */
class NativeAccessTest {
  @Test
  void withoutNativeAccessAStoreWorks() throws Exception {
    List<String> command = new ArrayList<>();
    try (TestStores stores = new TestStores()) {
      Path path = stores.path();
      for (String argument : Child.command("rounds", path.toString(), "200")) {
        command.add(
            argument.startsWith("--enable-native-access")
                ? "--illegal-native-access=deny"
                : argument);
      }
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
      assertTrue(output.contains("ready"), output);
      try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
        assertEquals(0, store.stats().objects());
        assertEquals(List.of(), store.verify().findings());
      }
    }
  }
}
