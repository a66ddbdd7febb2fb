/**
 * A slab placement: slabs of a size class go where the last one went. Nobody calls in here but the
 * stack.
 */
package hak.box.hothint;
