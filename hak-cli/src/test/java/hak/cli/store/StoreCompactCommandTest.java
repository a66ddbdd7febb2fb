package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCompactCommandTest {
  @TempDir private Path folder;

  @Test
  void freeSpaceComesTogetherAndObjectsStay() {
    StoreFolder store = new StoreFolder(folder);
    for (int i = 0; i < 4; i++) {
      store.put(StoreFolder.bytes(i, 64_000), "--name", "object-" + i);
    }
    store.fine("rm", "object-0", "object-2");
    JsonObject json = store.fine("compact", "--json", "-").json();
    assertEquals(128_000, json.get("movedBytes").getAsLong());
    assertEquals(3, json.getAsJsonObject("before").get("freeExtents").getAsInt());
    assertEquals(1, json.getAsJsonObject("after").get("freeExtents").getAsInt());
    assertArrayEquals(StoreFolder.bytes(1, 64_000), store.get("object-1"));
    assertArrayEquals(StoreFolder.bytes(3, 64_000), store.get("object-3"));
    String out = store.fine("compact").out();
    assertEquals("moved 0 bytes; largest free stretch ", out.substring(0, 36));
    store.fine("verify");
  }
}
