/**
 * Native calls, all of them: what {@link hak.core.memory.VirtualMemory} and {@link
 * hak.core.os.SharedWait} need.
 */
package hak.core.os;
