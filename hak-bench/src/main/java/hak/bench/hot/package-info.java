/**
 * Where the time of a stack goes: {@link hak.bench.hot.Hot} samples a workload with Flight Recorder
 * and counts its slow paths, {@link hak.bench.hot.HotReport} is what comes out.
 */
package hak.bench.hot;
