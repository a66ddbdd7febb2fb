package hak.store.event;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** Objects were moved to bring free space together. */
@Label("Compaction")
@Category({"HAK", "Object Store"})
@Description("Objects were moved to bring free space together, a step of it")
public final class CompactionEvent extends Event {
  @Label("Store")
  String store;

  @Label("Bytes")
  @DataAmount
  long bytes;

  private CompactionEvent() {}

  /** One that begins now. */
  public static CompactionEvent started() {
    CompactionEvent event = new CompactionEvent();
    event.begin();
    return event;
  }

  /** It ends now. */
  public void end(Path path, long moved) {
    if (shouldCommit()) {
      store = path.toString();
      bytes = moved;
      commit();
    }
  }
}
