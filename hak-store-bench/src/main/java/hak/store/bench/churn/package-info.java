/**
 * The load of an experience buffer on an object store: episodes of mixed sizes that come and go in
 * a store that is nearly full. {@link hak.store.bench.churn.Churn} is the way in.
 */
package hak.store.bench.churn;
