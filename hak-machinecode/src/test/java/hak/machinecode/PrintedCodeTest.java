package hak.machinecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrintedCodeTest {
  @Test
  void readsEachCompiledMethod() {
    List<PrintedMethod> methods = PrintedCode.parse(PrintedSample.disassembled());
    assertEquals(List.of("malloc", "malloc"), methods.stream().map(PrintedMethod::name).toList());
    assertEquals(List.of("c1", "c2"), methods.stream().map(PrintedMethod::compiler).toList());
  }

  @Test
  void readsInstructionsOfADisassembler() {
    PrintedMethod method = PrintedSample.c2(PrintedSample.disassembled());
    assertTrue(method.disassembled());
    assertEquals(PrintedSample.ENTRY, method.entry());
    PrintedMethod.Line load =
        method.lines().stream()
            .filter(line -> line.address() == PrintedSample.ENTRY + 0x19)
            .findFirst()
            .orElseThrow();
    assertEquals("mov    rax,QWORD PTR [r11+0x18]", load.text());
    assertEquals(4, load.comments().size());
  }

  @Test
  void readsBytesWhereThereIsNoDisassembler() {
    PrintedMethod method = PrintedSample.c2(PrintedSample.bytes());
    assertFalse(method.disassembled());
    assertEquals(PrintedSample.ENTRY, method.entry());
    assertEquals(PrintedSample.ENTRY + 0x2d, method.mainEnd());
    assertTrue(method.lines().stream().anyMatch(line -> line.text().equals("5548 83ec")));
  }

  @Test
  void ignoresOutputThatIsNoMethod() {
    assertEquals(List.of(), PrintedCode.parse(List.of("hak-base 1", "[0.1s][info] hello", "")));
  }
}
