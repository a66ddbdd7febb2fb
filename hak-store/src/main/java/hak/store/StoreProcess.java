package hak.store;

/**
 * A process that has a store open, as it was at one moment; by {@link ObjectStore#processes}.
 *
 * @param pid its id as it knows it: another one, or that of somebody else, in another PID namespace
 * @param self whether it is this one
 * @param views views of objects that it has open
 * @param waits how often a thread of it slept for a lock of the store or for an object; after 2^32
 *     it begins at 0 again
 * @param lostViews views that were never closed and that it has found ({@link LostViews})
 */
public record StoreProcess(int pid, boolean self, long views, long waits, long lostViews) {}
