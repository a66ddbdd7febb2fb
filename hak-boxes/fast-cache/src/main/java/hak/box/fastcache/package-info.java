/**
 * A thread cache: an array for each size class, refilled from the tier. Nobody calls in here but
 * the stack.
 */
package hak.box.fastcache;
