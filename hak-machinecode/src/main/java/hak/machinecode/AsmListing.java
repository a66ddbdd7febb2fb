package hak.machinecode;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a method's code by source line, and what there is to say about it. */
final class AsmListing {
  private static final int TEXT_WIDTH = 44;

  private final PrintWriter out;
  private final CompiledCode code;
  private final Map<Long, String> knownAddresses;

  /**
   * @param knownAddresses what to say about some numbers when they occur in the code
   */
  AsmListing(PrintWriter out, CompiledCode code, Map<Long, String> knownAddresses) {
    this.out = out;
    this.code = code;
    this.knownAddresses = knownAddresses;
  }

  /** Prints the hit path, everything else too if {@code all}, and the summary. */
  void print(boolean all) {
    out.printf("== %s: the hit path%n", code.name());
    if (code.hitPath().isEmpty()) {
      out.printf("   none found: every way through the method calls something%n");
    }
    code.hitPathGroups().forEach(this::printGroup);
    if (all || code.hitPath().isEmpty()) {
      out.printf("%n== %s: everything else%n", code.name());
      code.otherGroups().forEach(this::printGroup);
    }
    printSummary();
  }

  private void printGroup(CompiledCode.Group group) {
    out.printf("%n   %s%n", source(group.source()));
    for (Instruction instruction : group.instructions()) {
      String remark = remark(instruction);
      String line =
          String.format(
              Locale.ROOT, "     %5s  %s", offset(instruction.address()), shown(instruction));
      out.println(
          remark.isEmpty()
              ? line
              : String.format("%-" + (TEXT_WIDTH + 12) + "s ; %s", line, remark));
    }
  }

  /** {@code malloc StackTemplate.java:42 > pop TlsSll.java:8}. */
  private static String source(List<Frame> frames) {
    if (frames.isEmpty()) {
      return "(C2 recorded no line: leaving the frame, safepoint poll, return)";
    }
    return frames.stream()
        .map(frame -> frame.line() == 0 ? frame.method() : frame.method() + " " + frame.place())
        .collect(Collectors.joining(" > "));
  }

  private String offset(long address) {
    return "+" + Long.toHexString(address - code.main().getFirst().address());
  }

  /** The instruction with the target of a jump inside the method as an offset. */
  private String shown(Instruction instruction) {
    String text = instruction.text();
    if (instruction.isJump() || instruction.isBranch()) {
      long target = instruction.target();
      if (target >= code.main().getFirst().address() && target <= code.main().getLast().address()) {
        text = text.replaceFirst("(0x)" + Long.toHexString(target), offset(target));
      }
    }
    int space = text.indexOf(' ');
    return space < 0
        ? text
        : String.format("%-7s %s", text.substring(0, space), text.substring(space + 1).strip());
  }

  private String remark(Instruction instruction) {
    if (instruction.isBranch()) {
      return "-> " + code.destination(instruction);
    }
    for (Map.Entry<Long, String> known : knownAddresses.entrySet()) {
      if (instruction.text().contains("0x" + Long.toHexString(known.getKey()))) {
        return known.getValue();
      }
    }
    return instruction.annotation().notes().stream()
        .filter(note -> !note.startsWith("{post_call_nop") && !note.startsWith("{poll"))
        .collect(Collectors.joining(" "));
  }

  private void printSummary() {
    out.println();
    if (!code.hitPath().isEmpty()) {
      printExits();
    }
    out.printf(
        "   off the hit path (%d instructions):%n", code.main().size() - code.hitPath().size());
    code.calls().forEach((call, count) -> out.printf("     %5d  %s%n", count, call));
    out.printf(
        "   virtual or interface calls, on the hit path and off it: %d%n", code.dispatchedCalls());
  }

  private void printExits() {
    List<Instruction> exits = code.exits();
    out.printf(
        "   %s: %d instructions on the hit path, %d of them accesses to memory, %d conditional"
            + " jumps, no call%n",
        code.name(), code.hitPath().size(), code.memoryAccesses(), exits.size());
    int width = exits.stream().mapToInt(exit -> place(exit).length()).max().orElse(1);
    for (Instruction exit : exits) {
      out.printf(
          "     %5s  %-" + width + "s  -> %s%n",
          offset(exit.address()),
          place(exit),
          code.destination(exit));
    }
  }

  private String place(Instruction instruction) {
    List<Frame> source = code.sources().get(code.main().indexOf(instruction));
    return source.isEmpty() ? "return" : source.getLast().method() + " " + source.getLast().place();
  }
}
