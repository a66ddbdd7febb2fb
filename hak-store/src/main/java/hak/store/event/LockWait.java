package hak.store.event;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** A thread slept for a lock of a store. */
@Label("Lock Wait")
@Category({"HAK", "Object Store"})
@Description("A thread slept for a lock of an object store")
public final class LockWait extends Event {
  @Label("Store")
  String store;

  @Label("Lock")
  @Description("bookkeeping, or growth: who makes the file larger")
  String lock;

  @Label("Holder")
  @Description("Process that had it, 0: a thread of this one")
  int holder;

  private LockWait() {}

  /** One that begins now. */
  public static LockWait started() {
    LockWait event = new LockWait();
    event.begin();
    return event;
  }

  /** It ends now. */
  public void end(Path path, String which, int pid) {
    if (shouldCommit()) {
      store = path.toString();
      lock = which;
      holder = pid;
      commit();
    }
  }
}
