package hak.machinecode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a JVM prints for {@code -XX:CompileCommand=print}, with a disassembler
 *
 * <pre>
 *   0x00007f5bd7f12d4c:   mov    (%r11),%r11   ;*invokestatic currentThread {reexecute=0 ...}
 *                            ; - hak.core.OwnerTable::heapOfCurrentThread@0 (line 38)
 * </pre>
 *
 * or without
 *
 * <pre>
 *   0x00007f27cbf148cc: ;*invokestatic currentThread {reexecute=0 ...}
 *                       ; - hak.core.OwnerTable::heapOfCurrentThread@0 (line 38)
 *   0x00007f27cbf148cc: 4d8b 1b4d
 * </pre>
 */
final class PrintedCode {
  private static final Pattern METHOD =
      Pattern.compile("Compiled method \\((c[12])\\).* (\\S+)::(\\S+) \\(\\d+ bytes\\).*");
  private static final Pattern MAIN =
      Pattern.compile("\\s*main code\\s+\\[0x([0-9a-f]+),0x([0-9a-f]+)].*");
  private static final Pattern PLACE =
      Pattern.compile("\\s*0x([0-9a-f]{8,16}):\\s*([^;]*?)\\s*(?:;(.*))?");
  private static final Pattern COMMENT = Pattern.compile("\\s*;(.*)");

  private final List<PrintedMethod> methods = new ArrayList<>();
  private String compiler;
  private String name;
  private long entry;
  private long mainEnd;
  private boolean disassembled;
  private boolean entryIsNext;
  private List<PrintedMethod.Line> lines = new ArrayList<>();

  private PrintedCode() {}

  /** All methods in the order in which they were compiled. */
  static List<PrintedMethod> parse(List<String> output) {
    PrintedCode code = new PrintedCode();
    output.forEach(code::line);
    code.finish();
    return code.methods;
  }

  private void line(String line) {
    Matcher matcher = METHOD.matcher(line);
    if (matcher.matches()) {
      finish();
      compiler = matcher.group(1);
      name = matcher.group(3);
    } else if (compiler != null) {
      lineOfMethod(line);
    }
  }

  private void lineOfMethod(String line) {
    Matcher main = MAIN.matcher(line);
    Matcher place = PLACE.matcher(line);
    Matcher comment = COMMENT.matcher(line);
    if (main.matches()) {
      entry = address(main.group(1));
      mainEnd = address(main.group(2));
    } else if (line.startsWith("[Disassembly]")) {
      disassembled = true;
    } else if (line.startsWith("[Verified Entry Point]")) {
      entryIsNext = true;
    } else if (line.startsWith("[/MachCode]") || line.startsWith("[/Disassembly]")) {
      finish();
    } else if (place.matches()) {
      place(address(place.group(1)), place.group(2), place.group(3));
    } else if (comment.matches() && !lines.isEmpty()) {
      lines.getLast().comments().add(comment.group(1));
    }
  }

  private void place(long address, String text, String comment) {
    if (entryIsNext) {
      entry = address;
      entryIsNext = false;
    }
    PrintedMethod.Line line = new PrintedMethod.Line(address, text, new ArrayList<>());
    if (comment != null) {
      line.comments().add(comment);
    }
    lines.add(line);
  }

  private static long address(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }

  private void finish() {
    if (compiler != null) {
      methods.add(new PrintedMethod(name, compiler, entry, mainEnd, lines, disassembled));
    }
    compiler = null;
    disassembled = false;
    entryIsNext = false;
    lines = new ArrayList<>();
  }
}
