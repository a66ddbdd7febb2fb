package hak.bench.replay;

/**
 * The constants of a specialised loop.
 *
 * @param operations the allocator
 * @param touches whether blocks are written
 */
record LoopParts(Operations operations, boolean touches) {}
