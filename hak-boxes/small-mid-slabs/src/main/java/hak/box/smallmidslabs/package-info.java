/**
 * A size tier: blocks up to 1 KiB from units of 16 slabs, which it hands to the caches several at a
 * time. Nobody calls in here but the stack.
 */
package hak.box.smallmidslabs;
