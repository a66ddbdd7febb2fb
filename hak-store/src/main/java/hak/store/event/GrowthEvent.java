package hak.store.event;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** The file was made larger, its tables longer, or memory put behind free space. */
@Label("Growth")
@Category({"HAK", "Object Store"})
@Description("The file of an object store took memory")
public final class GrowthEvent extends Event {
  @Label("Store")
  String store;

  @Label("Kind")
  @Description("length, rows of the tables, or memory behind free space that had lost it")
  String kind;

  @Label("Bytes")
  @DataAmount
  long bytes;

  private GrowthEvent() {}

  /** One that begins now. */
  public static GrowthEvent started() {
    GrowthEvent event = new GrowthEvent();
    event.begin();
    return event;
  }

  /** It ends now. */
  public void end(Path path, String what, long reserved) {
    if (shouldCommit()) {
      store = path.toString();
      kind = what;
      bytes = reserved;
      commit();
    }
  }
}
