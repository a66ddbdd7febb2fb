/** What the loads share: a store for the time of one. */
package hak.store.bench.load;
