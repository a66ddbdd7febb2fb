package hak.machinecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FrameTest {
  @Test
  void dropsWhatAHiddenClassHasBehindItsName() {
    assertEquals(
        new Frame("hak.core.specialise.StackTemplate", "malloc", 42),
        Frame.parse("hak.core.specialise.StackTemplate/0x0000000088069000::malloc@29 (line 42)"));
  }

  @Test
  void readsAFrameThatIsExecutedAgain() {
    assertEquals(
        new Frame("hak.core.OwnerTable", "slot", 33),
        Frame.parse("(reexecute) hak.core.OwnerTable::slot@24 (line 33)"));
  }

  @Test
  void readsAFrameWithoutLine() {
    Frame frame = Frame.parse("hak.core.specialise.StackTemplate/0x0000000088069000::takeBlock@2");
    assertEquals("StackTemplate.java", frame.place());
    assertEquals(0, frame.line());
  }

  @Test
  void namesTheFileOfANestedClass() {
    assertEquals("Outer.java:8", new Frame("hak.box.Outer$Inner", "pop", 8).place());
  }

  @Test
  void knowsTheJdk() {
    assertTrue(Frame.parse("java.lang.invoke.LambdaForm$DMH/0x00a1::invokeInterface@27").isJdk());
    assertTrue(Frame.parse("jdk.internal.misc.Unsafe::getLong@5 (line 3)").isJdk());
    assertFalse(Frame.parse("javabox.Cache::pop@1 (line 3)").isJdk());
  }

  @Test
  void refusesSomethingElse() {
    assertNull(Frame.parse("implicit exception: dispatches to 0x00007f5bd7f12fb0"));
  }
}
