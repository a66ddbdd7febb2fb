package hak.bench;

/**
 * What one layer did for one size class.
 *
 * @param layer the box
 * @param blockBytes bytes of the blocks of the class
 * @param pops how often it was asked for a block
 * @param hits how often it had one
 * @param pushes how often it was offered a block
 * @param accepted how often it took it
 */
public record ClassCount(
    String layer, int blockBytes, long pops, long hits, long pushes, long accepted) {}
