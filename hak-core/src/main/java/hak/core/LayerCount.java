package hak.core;

/**
 * What one layer of a stack did since it was opened.
 *
 * @param id the box
 * @param pops how often it was asked for a block
 * @param hits how often it had one
 * @param pushes how often it was offered a block
 * @param accepted how often it took it
 */
public record LayerCount(String id, long pops, long hits, long pushes, long accepted) {}
