/** The slot table, which says what objects exist, and the way from a ref or a name to a slot. */
package hak.store.slots;
