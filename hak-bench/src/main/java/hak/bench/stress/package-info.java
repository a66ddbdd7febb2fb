/**
 * Stress of a whole allocator: rounds of many threads that mix all of its APIs, end or race with
 * close, and check all they get. {@link hak.bench.stress.Stress} is the way in.
 */
package hak.bench.stress;
