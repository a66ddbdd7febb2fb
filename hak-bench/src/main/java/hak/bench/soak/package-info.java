/**
 * One stack in use for a long time, in a process of its own: whether it keeps its speed, and
 * whether its memory grows.
 */
package hak.bench.soak;
