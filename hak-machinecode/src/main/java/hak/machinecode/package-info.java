/**
 * The machine code of a stack: a child JVM opens the profile, runs malloc and free until C2 has
 * compiled them, and prints what it made; here that text is read, disassembled where the JVM could
 * not, and turned into a listing by source line. {@link hak.machinecode.MachineCode} is the way in;
 * everything else is of this package alone.
 */
package hak.machinecode;
