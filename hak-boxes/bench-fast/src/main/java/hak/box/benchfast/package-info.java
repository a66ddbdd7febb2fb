/**
 * A thread cache: pools made beforehand, with every cost of safety off. Nobody calls in here but
 * the stack.
 */
package hak.box.benchfast;
