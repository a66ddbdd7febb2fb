/**
 * A size tier whose slabs have a bitmap of their free blocks instead of a list: {@code BitmapTier}
 * hands blocks out and takes them back, {@code SlabBits} is the bitmap. Nobody calls in here but
 * the stack.
 */
package hak.box.bitmap;
