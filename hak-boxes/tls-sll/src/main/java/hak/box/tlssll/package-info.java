/**
 * A thread cache: one bounded, last-in-first-out list for each size class. Nobody calls in here but
 * the stack.
 */
package hak.box.tlssll;
