package hak.core.limits;

/**
 * Memory of which several have a part, and how much of it is left.
 *
 * @param of whose it is, for messages: {@code the machine}, {@code control group FOLDER}
 * @param leftBytes what can still be taken, what the system can take back from files counted as
 *     left; may be below 0
 * @param totalBytes all of it
 */
public record MemoryLeft(String of, long leftBytes, long totalBytes) {}
