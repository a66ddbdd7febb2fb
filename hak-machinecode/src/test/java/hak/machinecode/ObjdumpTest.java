package hak.machinecode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjdumpTest {
  private static final Frame FRAME = new Frame("hak.core.OwnerTable", "slot", 33);

  private final List<Instruction> code =
      new ArrayList<>(
          Objdump.instructions(
              List.of(
                  "",
                  "/tmp/hak.bin:     file format binary",
                  "0000000000001000 <.data>:",
                  "    1000:\tmov    rax,QWORD PTR [r8]",
                  "    1003:\tje     0x1020",
                  "    1005:\tcall   0x2000        # 0x2000")));

  private static Annotation source(String bytecode) {
    return new Annotation(List.of(), bytecode, List.of(FRAME));
  }

  private int annotated() {
    for (int i = 0; i < code.size(); i++) {
      if (!code.get(i).annotation().equals(Annotation.NONE)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void readsInstructions() {
    assertEquals(
        List.of("mov    rax,QWORD PTR [r8]", "je     0x1020", "call   0x2000"),
        code.stream().map(Instruction::text).toList());
    assertEquals(0x1003, code.get(1).address());
  }

  @Test
  void debugInformationBelongsToTheInstructionThatEndsInTheWindow() {
    Objdump.annotate(code, 0x100a, 0x1000, source("lload_1"));
    assertEquals(0, annotated());
  }

  @Test
  void debugInformationAtTheEndOfTheWindowBelongsToIt() {
    Objdump.annotate(code, 0x100a, 0x1001, source("lload_1"));
    assertEquals(0, annotated());
    assertEquals(Annotation.NONE, code.get(1).annotation());
  }

  @Test
  void ofSeveralInstructionsTheOneThatFitsTheBytecodeIsTaken() {
    Objdump.annotate(code, 0x100a, 0x1002, source("ifeq"));
    assertEquals(1, annotated());
  }

  @Test
  void aCallRelocationBelongsToTheCall() {
    Objdump.annotate(code, 0x100a, 0x1004, new Annotation(List.of("{static_call}"), "", List.of()));
    assertEquals(2, annotated());
  }
}
