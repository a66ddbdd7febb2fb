package hak.machinecode;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One machine instruction, of x86-64 in either syntax or of aarch64.
 *
 * @param address where it is
 * @param text mnemonic and operands
 * @param annotation what the JVM says about it
 */
record Instruction(long address, String text, Annotation annotation) {
  private static final Pattern CALL = Pattern.compile("(call|callq|bl|blr)\\b.*");
  private static final Pattern JUMP = Pattern.compile("(jmp|jmpq|b|br)\\s.*");
  private static final Pattern BRANCH =
      Pattern.compile("(j(?!mp)[a-z]+|b\\.\\w+|cbn?z|tbn?z)\\s.*");
  private static final Pattern RETURN = Pattern.compile("(ret|retq|rep ret|repz ret)\\b.*");
  private static final Pattern COMPARE =
      Pattern.compile("(cmp|test|tst|ucomis|bt)\\w*\\s.*|(cbn?z|tbn?z)\\s.*");
  private static final Pattern MEMORY = Pattern.compile("(?!lea|nop).*[\\[(].*|(push|pop)\\b.*");
  private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{1,16})(?![0-9a-f(])");

  /** x86-64: {@code mov esi,0x..} or {@code mov $0x..,%esi}; aarch64: {@code mov w1, #..}. */
  private static final Pattern TRAP_REQUEST =
      Pattern.compile("movl?\\s+(?:esi,|\\$(?=\\S+%esi)|w1, #)(-?)(0x)?([0-9a-f]+).*");

  boolean isCall() {
    return CALL.matcher(text).matches();
  }

  /** An unconditional jump. */
  boolean isJump() {
    return JUMP.matcher(text).matches();
  }

  /** A conditional jump. */
  boolean isBranch() {
    return BRANCH.matcher(text).matches();
  }

  boolean isReturn() {
    return RETURN.matcher(text).matches();
  }

  boolean isCompare() {
    return COMPARE.matcher(text).matches();
  }

  /** Loads from or stores to memory. */
  boolean accessesMemory() {
    return MEMORY.matcher(text).matches();
  }

  /** Where a jump, branch or call goes; -1 when that is in a register or memory. */
  long target() {
    Matcher matcher = ADDRESS.matcher(text);
    long target = -1;
    while (matcher.find()) {
      target = Long.parseUnsignedLong(matcher.group(1), 16);
    }
    return target;
  }

  /** The argument of an uncommon trap that the instruction loads, 0 when it loads none. */
  int trapRequest() {
    Matcher matcher = TRAP_REQUEST.matcher(text);
    if (!matcher.matches()) {
      return 0;
    }
    int value = (int) Long.parseLong(matcher.group(3), matcher.group(2) == null ? 10 : 16);
    return matcher.group(1).isEmpty() ? value : -value;
  }

  Instruction with(Annotation added) {
    return new Instruction(address, text, annotation.and(added));
  }
}
