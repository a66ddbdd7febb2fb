/**
 * A site rules box: what is asked for in addition at places of a program, by their names. Nobody
 * calls in here but the stack.
 */
package hak.box.siterules;
