/**
 * How long single calls take: {@link hak.bench.latency.Latency} times every call of a workload and
 * looks at the slowest once more, and {@link hak.bench.latency.LatencyReport} is what comes out.
 */
package hak.bench.latency;
