/**
 * Synthetic workloads, drawn in advance with fixed seeds into programs like those of traces, so one
 * loop replays all. A file for each family; {@link hak.bench.workload.SyntheticWorkloads} lists
 * them.
 */
package hak.bench.workload;
