/**
 * Native calls, all of them: what {@link hak.core.memory.VirtualMemory} and {@link
 * hak.core.SharedWait} need.
 */
package hak.core.os;
