/**
 * What a scope of an arena takes, beside the JDK's: {@code Arenas} asks JVMs that measure one kind.
 */
package hak.bench.arena;
