/**
 * A size tier: for each thread and size class one list of free blocks and one page that is being
 * carved. Nobody calls in here but the stack.
 */
package hak.box.midultra;
