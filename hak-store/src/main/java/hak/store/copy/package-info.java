/** Copying data and adding it up on the way, by one thread or several. Knows nothing of stores. */
package hak.store.copy;
