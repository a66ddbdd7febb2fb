package hak.machinecode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionTest {
  private static Instruction instruction(String text) {
    return new Instruction(0, text, Annotation.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          call 0x7f0000002000             | call
          callq 0x7f0000002000            | call
          bl 0xffff9c2a1000               | call
          jmp 0x7f0000001023              | jump
          b 0xffff9c2a1000                | jump
          ja 0x7f0000001023               | branch
          jnbe 0x7f0000001023             | branch
          b.ne 0xffff9c2a1000             | branch
          cbz x0, 0xffff9c2a1000          | branch
          tbnz w0, #3, 0xffff9c2a1000     | branch
          ret                             | return
          retq                            | return
          mov rax,QWORD PTR [r11+0x18]    | other
          bfi x0, x1, #3, #4              | other
          """)
  void isOfOneKind(String text, String kind) {
    Instruction instruction = instruction(text);
    assertEquals(kind.equals("call"), instruction.isCall());
    assertEquals(kind.equals("jump"), instruction.isJump());
    assertEquals(kind.equals("branch"), instruction.isBranch());
    assertEquals(kind.equals("return"), instruction.isReturn());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mov rax,QWORD PTR [r11+0x18] | true
          mov 0x18(%r11),%rax          | true
          cmp rsp,QWORD PTR [r15+0x28] | true
          push rbp                     | true
          ldr x0, [x1, #24]            | true
          lea r8,[r9+r8*8]             | false
          mov r10d,r10d                | false
          nop DWORD PTR [rax+rax*1]    | false
          """)
  void saysWhetherItAccessesMemory(String text, boolean expected) {
    assertEquals(expected, instruction(text).accessesMemory());
  }

  @Test
  void findsTheTargetBehindOtherOperands() {
    assertEquals(0xffff9c2a1000L, instruction("tbnz w0, #0x3, 0xffff9c2a1000").target());
    assertEquals(-1, instruction("jmp rax").target());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mov esi,0xffffffe4    | -28
          mov $0xffffffe4,%esi  | -28
          mov w1, #-28          | -28
          mov edi,0xffffffe4    | 0
          mov rdx,rsi           | 0
          """)
  void readsTheRequestOfAnUncommonTrap(String text, int request) {
    assertEquals(request, instruction(text).trapRequest());
  }
}
