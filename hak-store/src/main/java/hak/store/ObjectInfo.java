package hak.store;

import java.time.Instant;

/**
 * One line of {@link ObjectStore#list}, as it was at one moment.
 *
 * @param ref the object
 * @param name its name, empty when it has none
 * @param sizeBytes bytes of data
 * @param references reference count, 1 after put
 * @param pins views of it that are open, in all processes
 * @param sealed whether it can be read; false while its producer writes
 * @param created when put or create was called
 * @param metadata what was said of it
 */
public record ObjectInfo(
    ObjectRef ref,
    String name,
    long sizeBytes,
    int references,
    int pins,
    boolean sealed,
    Instant created,
    ObjectMetadata metadata) {}
