/**
 * Stress of a whole allocator: rounds of many threads that mix all of its APIs, end or race with
 * close, and check all they get. {@link hak.bench.stress.Stress} is the way in.
 *
 * <p>Each room calls those before it: {@code plan}, {@code report}, {@code watch} and {@code
 * check}, {@code stage}, {@code actors}, {@code end}, and the rounds, here.
 */
package hak.bench.stress;
