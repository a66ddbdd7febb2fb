package hak.machinecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompiledCodeTest {
  private static CompiledCode fromDisassembler() throws Exception {
    return CompiledCode.of(PrintedSample.c2(PrintedSample.disassembled()));
  }

  private static CompiledCode fromBytes() throws Exception {
    assumeTrue(Objdump.isInstalled(), "needs objdump");
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "the sample is of x86-64");
    return CompiledCode.of(PrintedSample.c2(PrintedSample.bytes()));
  }

  private static Instruction call(String relocation, String bytecode) {
    Frame frame = new Frame("hak.core.specialise.StackTemplate", "malloc", 42);
    return new Instruction(
        1, "call 0x99", new Annotation(List.of(relocation), bytecode, List.of(frame)));
  }

  @Test
  void findsTheHitPath() throws Exception {
    CompiledCode code = fromDisassembler();
    assertEquals(
        List.of(
            "push rbp",
            "sub rsp,0x20",
            "cmp rdx,0x400",
            "ja 0x7f0000001023",
            "mov r11,QWORD PTR [r15+0x468]",
            "mov rax,QWORD PTR [r11+0x18]",
            "add rsp,0x20",
            "pop rbp",
            "ret"),
        code.hitPath().stream().map(Instruction::text).toList());
    assertEquals(4, code.memoryAccesses());
  }

  @Test
  void groupsByLineWithInstructionsWithoutDebugInformationBeforeTheNext() throws Exception {
    List<CompiledCode.Group> groups = fromDisassembler().hitPathGroups();
    assertEquals(
        List.of(4, 2, 3), groups.stream().map(group -> group.instructions().size()).toList());
    assertEquals(
        List.of(
            new Frame("hak.core.specialise.StackTemplate", "malloc", 40),
            new Frame("hak.core.OwnerTable", "heapOfCurrentThread", 38)),
        groups.get(1).source());
    assertEquals(List.of(), groups.get(2).source());
  }

  @Test
  void objdumpOfTheBytesGivesWhatTheDisassemblerGives() throws Exception {
    CompiledCode fromBytes = fromBytes();
    CompiledCode fromDisassembler = fromDisassembler();
    assertEquals(fromDisassembler.main(), withOneSpace(fromBytes).main());
    assertEquals(fromDisassembler.sources(), fromBytes.sources());
  }

  private static CompiledCode withOneSpace(CompiledCode code) {
    return CompiledCode.of(
        code.name(),
        code.main().stream()
            .map(instruction ->
                new Instruction(
                    instruction.address(),
                    instruction.text().replaceAll("\\s+", " "),
                    instruction.annotation()))
            .toList());
  }

  @Test
  void saysWhereAConditionalJumpLeads() throws Exception {
    CompiledCode code = fromDisassembler();
    assertEquals(1, code.exits().size());
    assertEquals(
        "uncommon trap: this branch was never taken so far",
        code.destination(code.exits().getFirst()));
  }

  @Test
  void readsTheReasonOfAnUncommonTrap() {
    List<Instruction> code =
        List.of(
            new Instruction(0, "mov esi,0xffffffe4", Annotation.NONE),
            call("{runtime_call UncommonTrapBlob}", "baload"));
    assertEquals(Map.of("uncommon trap: range check", 1), CompiledCode.of("malloc", code).calls());
  }

  @Test
  void tellsDispatchedCallsFromDirectOnes() {
    CompiledCode direct =
        CompiledCode.of("m", List.of(call("{optimized virtual_call}", "invokevirtual slow")));
    assertEquals(Map.of("call of slow in StackTemplate.java:42", 1), direct.calls());
    assertEquals(0, direct.dispatchedCalls());

    for (Instruction dispatched :
        List.of(
            call("{virtual_call}", "invokeinterface pop"),
            call("{static_call}", "invokestatic linkToInterface"))) {
      assertEquals(1, CompiledCode.of("m", List.of(dispatched)).dispatchedCalls());
    }
  }

  @Test
  void theListingHasAHeaderForEachLineAndASummary() throws Exception {
    StringWriter text = new StringWriter();
    new AsmListing(new PrintWriter(text, true), fromDisassembler(), Map.of(0x468L, "thread"))
        .print(false);
    String listing = text.toString();
    assertTrue(
        listing.contains("malloc StackTemplate.java:40 > heapOfCurrentThread OwnerTable.java:38"),
        listing);
    assertTrue(
        listing.matches("(?s).*\\+c  ja      \\+23 +; -> uncommon trap: this branch .*"), listing);
    assertTrue(listing.matches("(?s).*\\[r15\\+0x468] +; thread.*"), listing);
    assertTrue(
        listing.contains(
            "malloc: 9 instructions on the hit path, 4 of them accesses to memory, 1 conditional"
                + " jumps, no call"),
        listing);
    assertTrue(
        listing.contains("virtual or interface calls, on the hit path and off it: 0"), listing);
  }
}
