/**
 * Synthetic workloads, drawn in advance with fixed seeds into programs like those of traces, so one
 * loop replays all. {@link hak.bench.workload.SyntheticWorkloads} is the table of them; a file for
 * each family.
 */
package hak.bench.workload;
