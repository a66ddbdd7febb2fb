package hak.machinecode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the way through a method on which a cache or the tier has a block at hand: from the entry
 * to a return without a call. C2 lays the likely way out straight, so at a conditional jump the way
 * on is tried before the jump.
 */
final class HitPath {
  private final Map<Long, Integer> indexOf = new HashMap<>();
  private final List<Instruction> code;
  private final Set<Integer> visited = new HashSet<>();
  private final List<Integer> path = new ArrayList<>();

  private HitPath(List<Instruction> code) {
    this.code = code;
    for (int i = 0; i < code.size(); i++) {
      indexOf.put(code.get(i).address(), i);
    }
  }

  /**
   * The instructions of the path in the order in which they run; empty when every way calls
   * something.
   */
  static List<Instruction> of(List<Instruction> code) {
    HitPath search = new HitPath(code);
    return search.reach(0) ? search.path.stream().map(code::get).toList() : List.of();
  }

  /** Extends the path from {@code start} to a return; on failure the path is as it was. */
  private boolean reach(int start) {
    int length = path.size();
    int at = start;
    while (at < code.size() && visited.add(at)) {
      Instruction instruction = code.get(at);
      path.add(at);
      if (instruction.isReturn()) {
        return true;
      }
      if (instruction.isCall()) {
        break;
      }
      if (instruction.isBranch() && reach(at + 1)) {
        return true;
      }
      if (instruction.isBranch() || instruction.isJump()) {
        Integer target = indexOf.get(instruction.target());
        if (target == null) {
          break;
        }
        at = target;
      } else {
        at++;
      }
    }
    path.subList(length, path.size()).clear();
    return false;
  }

  /**
   * From {@code address} to the first call or return, following jumps; empty when it is not in the
   * code.
   */
  static List<Instruction> straightFrom(List<Instruction> code, long address) {
    HitPath search = new HitPath(code);
    Integer at = search.indexOf.get(address);
    List<Instruction> straight = new ArrayList<>();
    while (at != null && at < code.size() && search.visited.add(at)) {
      Instruction instruction = code.get(at);
      straight.add(instruction);
      if (instruction.isCall() || instruction.isReturn()) {
        break;
      }
      at =
          instruction.isJump() ? search.indexOf.get(instruction.target()) : Integer.valueOf(at + 1);
    }
    return Collections.unmodifiableList(straight);
  }
}
