package hak.store.event;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** The bookkeeping was built anew, after a process had died. */
@Label("Rebuild")
@Category({"HAK", "Object Store"})
@Description("The bookkeeping of an object store was built anew")
public final class RebuildEvent extends Event {
  @Label("Store")
  String store;

  private RebuildEvent() {}

  /** One that begins now. */
  public static RebuildEvent started() {
    RebuildEvent event = new RebuildEvent();
    event.begin();
    return event;
  }

  /** It ends now. */
  public void end(Path path) {
    if (shouldCommit()) {
      store = path.toString();
      commit();
    }
  }
}
