/**
 * Small blocks: {@code TinyProvider} names the tier, {@code TinyGeometry} its size classes, {@code
 * TinyTier} serves them from the slabs of a heap. Nobody calls in here but the stack.
 */
package hak.tiny;
