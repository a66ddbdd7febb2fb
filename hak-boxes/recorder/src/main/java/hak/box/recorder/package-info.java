/**
 * An observer: writes every call of a stack to a file, to be replayed. Nobody calls in here but the
 * stack.
 */
package hak.box.recorder;
