package hak.store.cluster;

/**
 * A cluster as one node sees it.
 *
 * @param members nodes that take part in full now, this one included: they hold the directory and
 *     their share of the data
 * @param available whether this node is in the majority and may read and write
 * @param settled whether every chunk has all its copies, that is no data is being moved
 * @param objects sealed objects
 * @param bytes bytes of data of the sealed objects, each counted once
 * @param pending objects being written or deleted
 * @param usedBytes bytes of data of all objects, pending ones included, each counted once
 * @param capacityBytes limit of usedBytes
 * @param objectLimit limit of objects and pending ones together
 * @param localChunks chunks that this node holds, as first or further copy
 * @param nearHits how often get was answered by this node's near cache since it was opened
 * @param nearMisses how often get had to fetch the object
 */
public record ClusterStats(
    int members,
    boolean available,
    boolean settled,
    int objects,
    long bytes,
    int pending,
    long usedBytes,
    long capacityBytes,
    int objectLimit,
    int localChunks,
    long nearHits,
    long nearMisses) {}
