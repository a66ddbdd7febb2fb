package hak.machinecode;

import java.util.ArrayList;
import java.util.List;

/**
 * What the JVM says about a place in machine code.
 *
 * @param notes relocations ({@code {static_call}}) and remarks
 * @param bytecode what the place computes, e.g. {@code getfield tid}; empty when it has no debug
 *     information
 * @param frames the source, innermost first
 */
record Annotation(List<String> notes, String bytecode, List<Frame> frames) {
  static final Annotation NONE = new Annotation(List.of(), "", List.of());

  /** Reads the comments of one place, each without its {@code ;}. */
  static Annotation parse(List<String> comments) {
    List<String> notes = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    String bytecode = "";
    for (String comment : comments) {
      String text = comment.strip();
      if (text.startsWith("*")) {
        int end = text.indexOf(" {");
        bytecode = text.substring(1, end < 0 ? text.length() : end);
      } else if (text.startsWith("- ")) {
        Frame frame = Frame.parse(text.substring(2));
        if (frame != null) {
          frames.add(frame);
        }
      } else if (!text.isEmpty() && !text.startsWith("ImmutableOopMap")) {
        notes.add(text);
      }
    }
    return new Annotation(List.copyOf(notes), bytecode, List.copyOf(frames));
  }

  boolean hasSource() {
    return !frames.isEmpty();
  }

  boolean notes(String part) {
    return notes.stream().anyMatch(note -> note.contains(part));
  }

  Annotation and(Annotation other) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(other.notes);
    return new Annotation(
        List.copyOf(all),
        hasSource() ? bytecode : other.bytecode,
        hasSource() ? frames : other.frames);
  }
}
