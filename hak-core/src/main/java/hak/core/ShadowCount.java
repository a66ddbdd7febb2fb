package hak.core;

/**
 * What a thread cache of another capacity would have done with those calls of a stack that an
 * observer looked at. What is not known for certain is a range.
 *
 * @param id the observer
 * @param capacity most blocks of a size class that a thread would keep
 * @param allocations how many allocations were looked at
 * @param frees how many frees
 * @param hitsAtLeast allocations that a block freed before would certainly have served
 * @param hitsAtMost those that one may have served
 * @param takenAtLeast frees that would certainly have found room
 * @param takenAtMost those that may have found room
 */
public record ShadowCount(
    String id,
    int capacity,
    long allocations,
    long frees,
    long hitsAtLeast,
    long hitsAtMost,
    long takenAtLeast,
    long takenAtMost) {}
