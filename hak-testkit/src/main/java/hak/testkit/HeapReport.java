package hak.testkit;

/**
 * What a heap walk counted; all blocks but {@code mappedBlocks} lie in the stack's reservation.
 *
 * @param superslabs superslabs that tiers claim from
 * @param emptySuperslabs superslabs that are parked or purged
 * @param slabs slabs of all size classes
 * @param runs page runs, each one block in user hands
 * @param mappedBlocks blocks in user hands outside of the reservation
 * @param userBlocks blocks of slabs in user hands
 * @param cachedBlocks blocks in thread caches
 * @param activeBlocks free blocks that heaps hold outside of slab descriptors
 * @param localBlocks blocks in local lists of slabs
 * @param remoteBlocks blocks in remote lists of slabs, or withheld from them
 * @param uncarvedBlocks blocks of slabs that were never used
 */
public record HeapReport(
    int superslabs,
    int emptySuperslabs,
    int slabs,
    int runs,
    long mappedBlocks,
    long userBlocks,
    long cachedBlocks,
    long activeBlocks,
    long localBlocks,
    long remoteBlocks,
    long uncarvedBlocks) {
  /** All blocks in user hands. */
  public long liveBlocks() {
    return userBlocks + runs + mappedBlocks;
  }
}
