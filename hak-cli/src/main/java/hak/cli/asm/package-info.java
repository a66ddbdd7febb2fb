/**
 * The machine code of a stack: a child JVM opens the profile, runs malloc and free until C2 has
 * compiled them, and prints what it made; here that text is read, disassembled where the JVM could
 * not, and turned into a listing by source line. {@link hak.cli.asm.MachineCode} is the way in;
 * only {@code hak profile asm} uses it.
 */
package hak.cli.asm;
