/**
 * A superslab source: has some superslabs ready from the start. Nobody calls in here but the stack.
 */
package hak.box.ssprewarm;
