/**
 * Native calls, all of them: what {@link hak.core.memory.VirtualMemory}, {@link
 * hak.core.os.SharedWait} and {@link hak.core.os.FileSpace} need.
 */
package hak.core.os;
