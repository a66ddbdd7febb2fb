package hak.machinecode;

import java.util.List;

/**
 * One compiled method as the JVM printed it.
 *
 * @param name name of the method
 * @param compiler {@code c1} or {@code c2}
 * @param entry address of the verified entry point
 * @param mainEnd address of the first byte after the method's main part; stubs follow
 * @param lines what was printed, in order
 * @param disassembled whether the lines are instructions; else they are bytes
 */
record PrintedMethod(
    String name,
    String compiler,
    long entry,
    long mainEnd,
    List<Line> lines,
    boolean disassembled) {
  /**
   * One place.
   *
   * @param address of the first byte
   * @param text an instruction or bytes as hexadecimal digits; empty when there are comments only
   * @param comments of this place, each without its {@code ;}
   */
  record Line(long address, String text, List<String> comments) {}
}
