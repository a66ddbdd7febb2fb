/**
 * Processes that this one starts and talks to, line by line. Whatever needs a JVM of its own starts
 * it here: contestants of a match, the writers and readers of a store.
 */
package hak.bench.child;
