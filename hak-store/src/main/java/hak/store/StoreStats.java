package hak.store;

/**
 * A ledger of a store at one moment: {@code usedBytes + freeBytes = committedBytes}.
 *
 * @param capacityBytes limit of the data
 * @param committedBytes data space that the file holds now
 * @param usedBytes data space taken by objects, rounded up to whole units
 * @param freeBytes committed data space that no object has
 * @param largestFreeBytes the longest free stretch of it
 * @param freeExtents into how many stretches it is divided
 * @param freeBackedBytes bytes of it that surely have memory behind them; after a rebuild of the
 *     bookkeeping that is not known of free stretches, which count as none
 * @param metadataBytes bytes of the file before the data
 * @param objects objects, sealed or being written, and deleted ones that are still read
 * @param objectLimit limit of the objects
 * @param growthBytes by how much the file grows at a time, or by more for a larger object
 * @param eviction whether a full store deletes the objects that were used least recently
 * @param pinned objects of which some view is open
 * @param processes processes that have the store open
 * @param processLimit limit of the processes
 * @param recoveries how often the bookkeeping was rebuilt after a process had died
 * @param evictions objects deleted to make room
 */
public record StoreStats(
    long capacityBytes,
    long committedBytes,
    long usedBytes,
    long freeBytes,
    long largestFreeBytes,
    int freeExtents,
    long freeBackedBytes,
    long metadataBytes,
    int objects,
    int objectLimit,
    long growthBytes,
    boolean eviction,
    int pinned,
    int processes,
    int processLimit,
    long recoveries,
    long evictions) {}
