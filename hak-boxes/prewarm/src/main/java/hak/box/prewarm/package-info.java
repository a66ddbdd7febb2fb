/**
 * A thread cache: holds nothing itself, fills the other caches of a new heap. Nobody calls in here
 * but the stack.
 */
package hak.box.prewarm;
