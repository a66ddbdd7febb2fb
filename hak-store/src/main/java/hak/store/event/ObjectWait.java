package hak.store.event;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** A thread slept until an object was sealed, or for as long as it would. */
@Label("Object Wait")
@Category({"HAK", "Object Store"})
@Description("A thread slept until an object was sealed")
public final class ObjectWait extends Event {
  @Label("Store")
  String store;

  @Label("Object")
  String object;

  @Label("Found")
  @Description("Whether it was sealed in time")
  boolean found;

  private ObjectWait() {}

  /** One that begins now. */
  public static ObjectWait started() {
    ObjectWait event = new ObjectWait();
    event.begin();
    return event;
  }

  /** It ends now. */
  public void end(Path path, String which, boolean wasFound) {
    if (shouldCommit()) {
      store = path.toString();
      object = which;
      found = wasFound;
      commit();
    }
  }
}
