/**
 * A size tier: blocks up to 1 KiB from pages of a thread, a superslab of them for each size class.
 * Nobody calls in here but the stack.
 */
package hak.box.midseparate;
