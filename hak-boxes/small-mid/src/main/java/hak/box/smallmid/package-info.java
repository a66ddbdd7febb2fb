/**
 * A thread cache: blocks of 256 bytes to 1 KiB, in front of other caches. Nobody calls in here but
 * the stack.
 */
package hak.box.smallmid;
