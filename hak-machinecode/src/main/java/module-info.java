/**
 * The machine code that HotSpot makes of malloc and free of a stack, as a listing by source line.
 *
 * <p>{@link hak.machinecode.MachineCode} is the way in: a child JVM compiles a profile's stack and
 * prints it, and its text is read here. The listing is made of text alone, so nothing but {@code
 * java.base} and hak.core is needed.
 */
module hak.machinecode {
  requires hak.core;

  exports hak.machinecode;
}
