package hak.store.event;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** Objects were deleted to make room. */
@Label("Eviction")
@Category({"HAK", "Object Store"})
@Description("Objects were deleted to make room in a full object store")
public final class EvictionEvent extends Event {
  @Label("Store")
  String store;

  @Label("Objects")
  int objects;

  @Label("Bytes")
  @DataAmount
  long bytes;

  private EvictionEvent() {}

  /** One that begins now. */
  public static EvictionEvent started() {
    EvictionEvent event = new EvictionEvent();
    event.begin();
    return event;
  }

  /** It ends now. */
  public void end(Path path, int evicted, long freed) {
    if (shouldCommit()) {
      store = path.toString();
      objects = evicted;
      bytes = freed;
      commit();
    }
  }
}
