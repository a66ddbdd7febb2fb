package hak.machinecode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitPathTest {
  /** Instructions at 0x10, 0x11, ... */
  private static List<Instruction> code(String... texts) {
    List<Instruction> code = new ArrayList<>();
    for (String text : texts) {
      code.add(new Instruction(0x10 + code.size(), text, Annotation.NONE));
    }
    return code;
  }

  private static List<String> path(String... texts) {
    return HitPath.of(code(texts)).stream().map(Instruction::text).toList();
  }

  @Test
  void goesStraightOnAtAConditionalJump() {
    assertEquals(
        List.of("je 0x13", "inc eax", "ret"),
        path("je 0x13", "inc eax", "ret", "call 0x99", "ret"));
  }

  @Test
  void followsJumps() {
    assertEquals(
        List.of("jmp 0x12", "dec eax", "ret"), path("jmp 0x12", "call 0x99", "dec eax", "ret"));
  }

  @Test
  void takesAConditionalJumpWhereTheStraightWayCalls() {
    assertEquals(List.of("je 0x13", "ret"), path("je 0x13", "call 0x99", "ret", "ret"));
  }

  @Test
  void comesBackFromAWayThatEndsInACall() {
    assertEquals(
        List.of("je 0x14", "inc eax", "ret"),
        path("je 0x14", "jne 0x13", "call 0x98", "call 0x99", "inc eax", "ret"));
  }

  @Test
  void isEmptyWhenEveryWayCalls() {
    assertEquals(List.of(), path("je 0x12", "call 0x98", "call 0x99", "ret"));
  }

  @Test
  void endsInALoop() {
    assertEquals(List.of(), path("inc eax", "jmp 0x10"));
    assertEquals(List.of("dec eax", "jne 0x10", "ret"), path("dec eax", "jne 0x10", "ret"));
  }

  @Test
  void straightFromEndsAtTheFirstCall() {
    List<Instruction> code = code("ret", "jmp 0x13", "ret", "call 0x99", "ret");
    assertEquals(
        List.of("jmp 0x13", "call 0x99"),
        HitPath.straightFrom(code, 0x11).stream().map(Instruction::text).toList());
    assertEquals(List.of(), HitPath.straightFrom(code, 0x77));
  }
}
