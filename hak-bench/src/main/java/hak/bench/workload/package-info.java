/**
 * Synthetic workloads, drawn in advance with fixed seeds into programs like those of traces, so one
 * loop replays all.
 */
package hak.bench.workload;
