/**
 * A thread cache: holds nothing itself, gives back from the other caches every so many frees.
 * Nobody calls in here but the stack.
 */
package hak.box.drain;
