/** What the loads share: a store for the time of one, and what their processes tell each other. */
package hak.store.bench.load;
