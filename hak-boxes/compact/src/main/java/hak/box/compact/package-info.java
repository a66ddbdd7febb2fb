/**
 * A slab placement: slabs of small classes are packed into superslabs of their own. Nobody calls in
 * here but the stack.
 */
package hak.box.compact;
