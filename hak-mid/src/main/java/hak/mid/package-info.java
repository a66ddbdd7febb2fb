/**
 * Middle sizes: {@code MidTier} serves size classes from slabs that all threads share, one {@code
 * Shelf} for each class; {@code LargeTier}'s run of pages is one block. Nobody calls in here but
 * the stack.
 */
package hak.mid;
