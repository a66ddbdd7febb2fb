/**
 * Middle sizes: {@code MidTier} serves size classes from slabs that all threads share, one {@code
 * Shelf} for each class; a block of {@code PageRunTier} is a run of pages. Nobody calls in here but
 * the stack.
 */
package hak.mid;
