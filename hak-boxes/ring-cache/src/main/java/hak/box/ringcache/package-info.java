/**
 * A thread cache: a bounded array for each size class, no pointer chase. Nobody calls in here but
 * the stack.
 */
package hak.box.ringcache;
