package hak.bench.replay;

/**
 * The constants of a specialised loop.
 *
 * @param operations the allocator
 * @param channels where threads meet
 * @param touches whether blocks are written
 */
record LoopParts(Operations operations, Channels channels, boolean touches) {}
