/**
 * Processes of our own and the store that they share: what a measurement in several processes
 * stands on: {@link hak.bench.peer}, {@link hak.bench.store}, {@link hak.bench.train} and {@link
 * hak.bench.churn}.
 */
package hak.bench.process;
