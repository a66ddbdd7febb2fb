/**
 * The processes that share a store: who they are, which still live, what they read, the lock they
 * take in turn, how they wait for each other.
 */
package hak.store.process;
