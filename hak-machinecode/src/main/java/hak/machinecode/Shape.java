package hak.machinecode;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The hit path of a method in numbers.
 *
 * @param method its name
 * @param instructions how many there are
 * @param memoryAccesses how many of them access memory
 * @param jumps how many of them are conditional jumps
 * @param bySource how many instructions came from each source line, in the order of the first ones
 */
public record Shape(
    String method,
    int instructions,
    long memoryAccesses,
    int jumps,
    SequencedMap<String, Integer> bySource) {
  /** Makes the map unmodifiable. */
  public Shape {
    bySource = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(bySource));
  }

  static Shape of(CompiledCode code) {
    SequencedMap<String, Integer> bySource = new LinkedHashMap<>();
    code.hitPathGroups()
        .forEach(group -> bySource.merge(place(group), group.instructions().size(), Integer::sum));
    return new Shape(
        code.name(), code.hitPath().size(), code.memoryAccesses(), code.exits().size(), bySource);
  }

  /** The innermost line. */
  private static String place(CompiledCode.Group group) {
    if (group.source().isEmpty()) {
      return "(no line)";
    }
    Frame frame = group.source().getLast();
    return frame.line() == 0 ? frame.method() : frame.method() + " " + frame.place();
  }
}
