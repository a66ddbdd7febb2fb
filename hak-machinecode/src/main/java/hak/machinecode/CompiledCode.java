package hak.machinecode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method's machine code, disassembled: its main part from the entry on, and the hit path through
 * it.
 *
 * @param name name of the method
 * @param main all instructions of the main part by address
 * @param sources for each instruction of {@code main} the frames it came from, outermost first,
 *     without the JDK's
 * @param hitPath see {@link HitPath}; empty when there is none
 */
record CompiledCode(
    String name, List<Instruction> main, List<List<Frame>> sources, List<Instruction> hitPath) {
  /** Consecutive instructions that came from one place. */
  record Group(List<Frame> source, List<Instruction> instructions) {}

  static CompiledCode of(PrintedMethod method) throws IOException, InterruptedException {
    List<Instruction> main =
        method.disassembled() ? instructions(method) : Objdump.disassemble(method);
    return of(method.name(), main);
  }

  static CompiledCode of(String name, List<Instruction> main) {
    return new CompiledCode(name, List.copyOf(main), sources(main), HitPath.of(main));
  }

  /** The instructions that the JVM itself disassembled. */
  private static List<Instruction> instructions(PrintedMethod method) {
    List<Instruction> instructions = new ArrayList<>();
    for (PrintedMethod.Line line : method.lines()) {
      if (!line.text().isEmpty()
          && line.address() >= method.entry()
          && line.address() < method.mainEnd()) {
        instructions.add(
            new Instruction(
                line.address(),
                line.text().replaceAll("\\s+", " "),
                Annotation.parse(line.comments())));
      }
    }
    return instructions;
  }

  /**
   * Debug information stands at the end of the instructions it is of: those without any have that
   * of the next.
   */
  private static List<List<Frame>> sources(List<Instruction> main) {
    List<List<Frame>> sources = new ArrayList<>(Collections.nCopies(main.size(), List.of()));
    List<Frame> current = List.of();
    for (int i = main.size() - 1; i >= 0; i--) {
      Annotation annotation = main.get(i).annotation();
      if (main.get(i).isReturn()) {
        current = List.of(); // what follows a return is not of the next source line
      }
      if (annotation.hasSource()) {
        current = annotation.frames().reversed().stream().filter(frame -> !frame.isJdk()).toList();
      }
      sources.set(i, current);
    }
    return List.copyOf(sources);
  }

  /** The instructions of the hit path by source. */
  List<Group> hitPathGroups() {
    return groups(hitPath);
  }

  /** The instructions that are not on the hit path, by source. */
  List<Group> otherGroups() {
    return groups(main.stream().filter(instruction -> !hitPath.contains(instruction)).toList());
  }

  private List<Group> groups(List<Instruction> instructions) {
    List<Group> groups = new ArrayList<>();
    for (Instruction instruction : instructions) {
      List<Frame> source = sources.get(main.indexOf(instruction));
      if (groups.isEmpty() || !groups.getLast().source().equals(source)) {
        groups.add(new Group(source, new ArrayList<>()));
      }
      groups.getLast().instructions().add(instruction);
    }
    return groups;
  }

  /** The conditional jumps of the hit path that lead away from it. */
  List<Instruction> exits() {
    return hitPath.stream().filter(Instruction::isBranch).toList();
  }

  /** How many memory accesses the hit path makes, those of a compare included. */
  long memoryAccesses() {
    return hitPath.stream().filter(Instruction::accessesMemory).count();
  }

  /** Where a jump leads, as a phrase. */
  String destination(Instruction jump) {
    List<Instruction> way = HitPath.straightFrom(main, jump.target());
    if (way.isEmpty()) {
      return "out of the method";
    }
    if (hitPath.stream().anyMatch(instruction -> instruction.address() == jump.target())) {
      return "further down the hit path";
    }
    Instruction last = way.getLast();
    if (last.isCall()) {
      return describeCall(last, way);
    }
    if (last.isJump()) {
      return last.annotation().notes("SafepointBlob") ? "safepoint" : runtimeName(last);
    }
    return "another way to return";
  }

  /** What the method calls off the hit path and how often it stands there. */
  Map<String, Integer> calls() {
    Map<String, Integer> calls = new LinkedHashMap<>();
    for (int i = 0; i < main.size(); i++) {
      if (main.get(i).isCall()) {
        int from = i;
        while (from > 0 && !endsBlock(main.get(from - 1))) {
          from--;
        }
        calls.merge(describeCall(main.get(i), main.subList(from, i + 1)), 1, Integer::sum);
      }
    }
    return calls;
  }

  /** How many calls find their target at run time, wherever they stand. */
  long dispatchedCalls() {
    return main.stream().filter(CompiledCode::isDispatched).count();
  }

  private static boolean endsBlock(Instruction instruction) {
    return instruction.isJump()
        || instruction.isBranch()
        || instruction.isReturn()
        || instruction.isCall();
  }

  /** Whether a call finds its target at run time: by an inline cache, or by a method table. */
  private static boolean isDispatched(Instruction call) {
    Annotation annotation = call.annotation();
    return call.isCall()
        && (annotation.notes("{virtual_call}")
            || annotation.bytecode().matches(".* linkTo(Interface|Virtual)"));
  }

  private static String describeCall(Instruction call, List<Instruction> way) {
    Annotation annotation = call.annotation();
    if (annotation.notes("UncommonTrapBlob")) {
      int request =
          way.stream()
              .mapToInt(Instruction::trapRequest)
              .filter(r -> r != 0)
              .reduce((a, b) -> b)
              .orElse(0);
      return "uncommon trap: " + trapReason(request, annotation.bytecode());
    }
    if (annotation.notes("method_entry_barrier")) {
      return "barrier at the method's entry";
    }
    if (!annotation.bytecode().startsWith("invoke")) {
      return runtimeName(call);
    }
    String callee = annotation.bytecode().replaceFirst("\\w+ ?", "");
    String where =
        annotation.frames().isEmpty() ? "" : " in " + annotation.frames().getFirst().place();
    return (isDispatched(call) ? "DISPATCHED call of " : "call of ") + callee + where;
  }

  private static String runtimeName(Instruction instruction) {
    return instruction.annotation().notes().stream()
        .filter(note -> note.startsWith("{runtime_call "))
        .map(note -> "runtime: " + note.substring("{runtime_call ".length(), note.length() - 1))
        .findFirst()
        .orElse("unknown");
  }

  /**
   * {@code Deoptimization::make_trap_request}: the complement of action (3 bits) and reason (5
   * bits).
   */
  private static String trapReason(int request, String bytecode) {
    List<String> reasons =
        Arrays.asList(
            null, "null check", "null assertion", "range check", "class check", "array check");
    int reason = ~request >>> 3 & 31;
    if (request != 0 && reason > 0 && reason < reasons.size()) {
      return reasons.get(reason);
    }
    if (bytecode.startsWith("if")) {
      return "this branch was never taken so far";
    }
    return bytecode.isEmpty() ? "reason " + reason : bytecode;
  }
}
