/**
 * A slab placement: slabs of a size class come from a few hot superslabs. Nobody calls in here but
 * the stack.
 */
package hak.box.hotset;
