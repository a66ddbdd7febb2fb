/**
 * Native calls, all of them: what {@link hak.core.memory.VirtualMemory}, {@link
 * hak.core.os.SharedWait}, {@link hak.core.os.FileSpace} and {@link hak.core.os.FileLocks} need.
 */
package hak.core.os;
