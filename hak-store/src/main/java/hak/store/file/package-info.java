/**
 * The mapped file below a store: its words, its first page, where its tables begin, how it is made,
 * opened and grown. Knows nothing of what the tables mean.
 */
package hak.store.file;
