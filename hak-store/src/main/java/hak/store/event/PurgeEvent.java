package hak.store.event;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** The memory behind free space was given back. */
@Label("Purge")
@Category({"HAK", "Object Store"})
@Description("The memory behind a free stretch of an object store was given back to the system")
public final class PurgeEvent extends Event {
  @Label("Store")
  String store;

  @Label("Bytes")
  @DataAmount
  long bytes;

  private PurgeEvent() {}

  /** One that begins now. */
  public static PurgeEvent started() {
    PurgeEvent event = new PurgeEvent();
    event.begin();
    return event;
  }

  /** It ends now. */
  public void end(Path path, long released) {
    if (shouldCommit()) {
      store = path.toString();
      bytes = released;
      commit();
    }
  }
}
