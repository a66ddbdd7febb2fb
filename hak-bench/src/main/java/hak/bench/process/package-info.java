/**
 * Processes of our own: what a measurement in several processes stands on, {@link hak.bench.peer}
 * and the loads on the store in hak.store.bench.
 */
package hak.bench.process;
