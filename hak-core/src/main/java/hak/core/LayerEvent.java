package hak.core;

/**
 * One call of a layer of a stack, as an observer remembers it.
 *
 * @param heap the thread heap, numbered in the order in which {@link HakAllocator#recentEvents}
 *     tells of them, from 0
 * @param number which event of this heap it was, counted from 0 and modulo 2^32
 * @param id the box
 * @param blockBytes bytes of the blocks of its size class
 * @param push whether it was offered a block; else it was asked for one
 * @param success whether it took the block, or had one
 */
public record LayerEvent(
    int heap, long number, String id, int blockBytes, boolean push, boolean success) {}
