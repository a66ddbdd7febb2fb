package hak.core.limits;

/**
 * So much memory the process may use, and who says so.
 *
 * @param bytes the most, at least 0
 * @param source the file that says it, or the limit's name, for messages
 */
public record MemoryBound(long bytes, String source) {}
