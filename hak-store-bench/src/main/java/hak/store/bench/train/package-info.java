/**
 * Training by several processes that exchange the parameters of a model through an object store.
 * {@link hak.store.bench.train.Training} is the way in.
 */
package hak.store.bench.train;
