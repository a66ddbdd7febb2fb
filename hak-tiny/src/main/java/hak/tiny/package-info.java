/**
 * Small blocks: {@code TinyProvider} names the tier, {@code TinyGeometry} its size classes, {@code
 * TinyTier} serves them from slabs, {@code SlabQueue} lines up slabs that have free blocks. Nobody
 * calls in here but the stack.
 */
package hak.tiny;
