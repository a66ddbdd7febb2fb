/**
 * Native calls, all of them: the four system calls that {@link hak.core.memory.VirtualMemory}
 * needs.
 */
package hak.core.os;
