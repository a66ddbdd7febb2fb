package hak.bench.hot;

import hak.bench.hot.StackSamples.Frame;
import hak.core.inside.Boxes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which layer of a stack a sample is of: the innermost frame that is of a box says it. */
final class LayerMap {
  static final String STACK = "stack";
  static final String LOOP = "loop";
  static final String OTHER = "other";

  private static final String CORE_PACKAGE = "hak.core";
  private static final String ACCESS = "hak.core.memory.Memory";
  private static final String BENCH_PACKAGE = "hak.bench";

  /** By package; boxes that share one share a row. */
  private final Map<String, String> boxes = new HashMap<>();

  LayerMap(Boxes made) {
    for (Boxes.Made each : made.all()) {
      boxes.merge(
          each.box().getClass().getPackageName(),
          each.name(),
          (one, other) -> one.equals(other) ? one : one + ", " + other);
    }
  }

  /**
   * The layer of a sample.
   *
   * @param frames the innermost first
   */
  String layerOf(List<Frame> frames) {
    String outside = OTHER;
    for (Frame frame : frames) {
      String of = frame.packageName();
      if (boxes.containsKey(of)) {
        return boxes.get(of);
      }
      if (isIn(of, BENCH_PACKAGE)) {
        return outside.equals(STACK) ? STACK : LOOP;
      }
      if (isIn(of, CORE_PACKAGE)) {
        outside = STACK;
      }
    }
    return outside;
  }

  /** The innermost frame of HAK's own, but for accesses to memory; else the innermost. */
  static Frame placeOf(List<Frame> frames) {
    return frames.stream()
        .filter(frame -> frame.type().startsWith("hak.") && !frame.type().equals(ACCESS))
        .findFirst()
        .orElse(frames.getFirst());
  }

  private static boolean isIn(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }
}
