package hak.bench.shadow;

/**
 * A size class that should be added.
 *
 * @param blockBytes its block size
 * @param insteadBytes the block size that serves those requests now
 * @param count how many requests of those sizes there were
 * @param savedBytes what their blocks are shorter by, together
 * @param gain the same as a part of the bytes of all blocks up to 256 KiB
 */
public record ExtraClass(
    int blockBytes, int insteadBytes, long count, long savedBytes, double gain) {}
