/**
 * A thread cache: of each size class the blocks of one page, the hot one. Nobody calls in here but
 * the stack.
 */
package hak.box.hotslab;
