package hak.store;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several objects at once, all or none. */
final class Several {
  private Several() {}

  static Map<String, ObjectRef> put(ObjectStore store, Map<String, MemorySegment> objects) {
    List<WritableObject> written = new ArrayList<>();
    Map<String, ObjectRef> sealed = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, MemorySegment> object : objects.entrySet()) {
        MemorySegment data = object.getValue();
        WritableObject space = store.create(object.getKey(), data.byteSize());
        written.add(space);
        space.append(data);
      }
      int next = 0;
      for (String name : objects.keySet()) {
        sealed.put(name, written.get(next++).seal());
      }
      return sealed;
    } catch (Throwable e) {
      written.forEach(object -> undo(e, object::close));
      sealed.values().forEach(ref -> undo(e, () -> store.delete(ref)));
      throw e;
    }
  }

  /** Copies data into an object and seals it. */
  static ObjectRef fill(WritableObject created, MemorySegment data) {
    try (WritableObject object = created) {
      object.append(data);
      return object.seal();
    }
  }

  static List<ObjectView> get(ObjectStore store, List<ObjectRef> refs) {
    List<ObjectView> views = new ArrayList<>(refs.size());
    try {
      for (ObjectRef ref : refs) {
        views.add(store.get(ref));
      }
      return views;
    } catch (Throwable e) {
      views.forEach(view -> undo(e, view::close));
      throw e;
    }
  }

  private static void undo(Throwable why, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      why.addSuppressed(e);
    }
  }
}
