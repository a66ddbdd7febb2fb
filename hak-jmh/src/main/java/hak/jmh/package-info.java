/**
 * Benchmarks of the hot paths under JMH: one call or a pair of calls, in a JVM that does nothing
 * else. They show what a path costs when all of it is in the caches; what an allocator costs a
 * program is what {@code ./hak run} and {@code ./hak peers} measure.
 */
package hak.jmh;
