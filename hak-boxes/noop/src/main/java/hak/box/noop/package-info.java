/**
 * A thread cache that never holds anything: the smallest box, and the measure of what composition
 * costs. Nobody calls in here but the stack.
 */
package hak.box.noop;
