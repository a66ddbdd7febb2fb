/**
 * A thread cache: blocks for requests of 16 and 32 bytes, and of no other size. Nobody calls in
 * here but the stack.
 */
package hak.box.ultrahot;
