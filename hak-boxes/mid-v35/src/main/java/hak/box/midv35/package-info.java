/**
 * A size tier: blocks up to 1 KiB from pages of a thread, with a stack of free pages that all its
 * size classes share. Nobody calls in here but the stack.
 */
package hak.box.midv35;
