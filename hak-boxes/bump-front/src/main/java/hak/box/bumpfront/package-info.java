/**
 * A thread cache: a run of neighbours for each size class, and a small magazine. Nobody calls in
 * here but the stack.
 */
package hak.box.bumpfront;
