/** A thread cache: a few slots for each size class. Nobody calls in here but the stack. */
package hak.box.quickslot;
