/**
 * What a stress is to do: what was asked for, what each round is to be, what a thread does next.
 * Nothing here acts.
 */
package hak.bench.stress.plan;
